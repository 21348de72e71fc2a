import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import type { PersonLink_UserFragment } from '../generated/types';
import { paths } from '../paths';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { PERSON_AVATAR, PersonAvatar } from './PersonAvatar';

/** Fields of a link to a person. */
export const PERSON_LINK = graphql(
  `
    fragment PersonLink_user on User {
      id
      name
      deleted
      ...PersonAvatar_user
    }
  `,
  [PERSON_AVATAR],
);

/** A person's name, linked to their page if they still have one. */
export function PersonLink({
  user,
  takesFocus = false,
}: {
  user: FragmentType<PersonLink_UserFragment>;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus?: boolean;
}) {
  const link = useFocusOnMount<HTMLAnchorElement>(takesFocus);
  const { data, complete } = useFragment({
    fragment: PERSON_LINK,
    fragmentName: 'PersonLink_user',
    from: user,
  });
  if (!complete) return null;
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <PersonAvatar user={data} />
      {data.deleted ? (
        <Text c="dimmed" dir="auto">
          {data.name}
        </Text>
      ) : (
        <Anchor
          ref={link}
          component={Link}
          to={paths.person(data.id)}
          c="var(--mantine-color-text)"
          fw={600}
          dir="auto"
          className="wrap-anywhere"
        >
          {data.name}
        </Anchor>
      )}
    </Group>
  );
}
