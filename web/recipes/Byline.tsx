import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import type { Byline_RecipeFragment } from '../generated/types';
import { paths } from '../paths';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import { TimeAgo } from '../ui/TimeAgo';

/** Fields of a recipe's byline. */
export const BYLINE = graphql(
  `
    fragment Byline_recipe on Recipe {
      id
      createdAt
      author {
        id
        name
        ...PersonAvatar_user
      }
    }
  `,
  [PERSON_AVATAR],
);

/** Author of a recipe, and the time it was shared. */
export function Byline({
  recipe,
  isLink = false,
}: {
  recipe: FragmentType<Byline_RecipeFragment>;
  /** Whether it links to the author; not within another link. */
  isLink?: boolean;
}) {
  const { data, complete } = useFragment({
    fragment: BYLINE,
    fragmentName: 'Byline_recipe',
    from: recipe,
  });
  if (!complete) return null;
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <PersonAvatar user={data.author} />
      <Text size="sm" className="wrap-anywhere">
        {isLink ? (
          <Anchor
            component={Link}
            to={paths.person(data.author.id)}
            inherit
            fw={600}
          >
            <bdi>{data.author.name}</bdi>
          </Anchor>
        ) : (
          <Text component="span" inherit fw={600}>
            <bdi>{data.author.name}</bdi>
          </Text>
        )}
        <Text component="span" inherit c="dimmed">
          {' · '}
          <TimeAgo at={data.createdAt} />
        </Text>
      </Text>
    </Group>
  );
}
