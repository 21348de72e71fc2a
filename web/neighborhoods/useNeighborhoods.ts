import { useQuery } from '@apollo/client/react';
import { useLocalStorage } from '@mantine/hooks';
import { useEffect } from 'react';
import { matchPath, useLocation } from 'react-router';
import { graphql } from '../apollo/graphql';

/** The viewer's memberships: fetched once, and updated by the mutations that change them. */
export const MY_NEIGHBORHOODS = graphql(`
  query MyNeighborhoods {
    myMemberships {
      id
      role
      status
      neighborhood {
        id
        name
        timeZone
        today
        memberCount
      }
    }
  }
`);

/** A membership in a neighborhood that the user can see. */
export type ListedMembership = ReturnType<
  typeof useNeighborhoods
>['memberships'][number];

/**
 * Reads the user's neighborhoods, and the one that they are in now: the one in the
 * address, otherwise the one they were in last, otherwise their first.
 * @returns `current` is null without a neighborhood, and `loading` is true until that is known;
 *   `active` are the memberships that count, and `choose` takes the id of one to be in
 */
export function useNeighborhoods() {
  const { data, loading, error, refetch } = useQuery(MY_NEIGHBORHOODS);
  const { pathname } = useLocation();
  const [last, setLast] = useLocalStorage({
    key: 'neighborshare-neighborhood',
    defaultValue: '',
    getInitialValueInEffect: false,
  });

  const memberships = (data?.myMemberships ?? []).flatMap((membership) => {
    const { neighborhood } = membership;
    return neighborhood ? [{ ...membership, neighborhood }] : [];
  });
  const active = memberships.filter(({ status }) => status === 'ACTIVE');
  const inAddress = matchPath('/n/:id/*', pathname)?.params.id;
  const find = (id?: string) =>
    active.find(({ neighborhood }) => neighborhood.id === id)?.neighborhood;
  const current = find(inAddress) ?? find(last) ?? active[0]?.neighborhood;

  const visited = find(inAddress)?.id;
  useEffect(() => {
    if (visited) setLast(visited);
  }, [visited, setLast]);

  return {
    memberships,
    active,
    current: current ?? null,
    choose: setLast,
    loading: loading && !data,
    error,
    refetch,
  };
}
