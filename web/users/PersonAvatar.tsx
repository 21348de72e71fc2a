import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Avatar } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import type { PersonAvatar_UserFragment } from '../generated/types';

/** Fields of a person's avatar. */
export const PERSON_AVATAR = graphql(`
  fragment PersonAvatar_user on User {
    id
    name
    photo {
      id
      url
    }
  }
`);

const COLORS = ['clay', 'sage', 'ochre', 'plum'];

/**
 * Picture of a user, or their initials in a color derived from the user. Hidden from screen readers, as
 * the name is beside it.
 */
export function PersonAvatar({
  user,
  size = 'sm',
}: {
  user: FragmentType<PersonAvatar_UserFragment>;
  size?: 'sm' | 'lg' | 'xl';
}) {
  const { data, complete } = useFragment({
    fragment: PERSON_AVATAR,
    from: user,
  });
  if (!complete) return <Avatar size={size} radius="50%" aria-hidden="true" />;
  return (
    <Avatar
      size={size}
      radius="50%"
      src={data.photo?.url}
      alt=""
      name={data.name}
      color="initials"
      allowedInitialsColors={COLORS}
      aria-hidden="true"
    />
  );
}
