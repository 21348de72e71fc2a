import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Badge, Group, Paper, Text } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import type { Member_MembershipFragment } from '../generated/types';
import { MEMBER_ACTIONS, MemberActions } from './MemberActions';
import { PERSON_LINK, PersonLink } from '../users/PersonLink';
import { TimeAgo } from '../ui/TimeAgo';
import { UserText } from '../ui/UserText';
import { renderIsolates } from '../languages/isolate';
import { rich, t } from '../languages/texts';

/** Fields of a member row. */
export const MEMBER = graphql(
  `
    fragment Member_membership on Membership {
      id
      role
      status
      createdAt
      joinedAt
      requestedAt
      note
      invitedBy {
        id
        name
      }
      user {
        id
        ...PersonLink_user
      }
      ...MemberActions_membership
    }
  `,
  [PERSON_LINK, MEMBER_ACTIONS],
);

/** A member in a list, with what a steward may do about them. */
export function Member({
  membership,
  takesFocus,
  refetchLists,
}: {
  membership: FragmentType<Member_MembershipFragment>;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus: boolean;
  refetchLists: () => Promise<unknown>;
}) {
  const { data, complete } = useFragment({
    fragment: MEMBER,
    fragmentName: 'Member_membership',
    from: membership,
  });

  if (!complete) return null;
  return (
    <Paper component="li" className="surface" px="md" py="sm">
      <Group justify="space-between" gap="xs">
        <div className="wide-text">
          <Group gap="xs">
            <PersonLink user={data.user} takesFocus={takesFocus} />
            {data.role === 'STEWARD' && (
              <Badge variant="light" color="sage" className="badge">
                {t('neighborhoods.role.STEWARD')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {data.requestedAt == null
              ? rich('neighborhoods.member.came', {
                  ago: <TimeAgo at={data.joinedAt ?? data.createdAt} />,
                })
              : rich('neighborhoods.member.asked', {
                  ago: <TimeAgo at={data.requestedAt} />,
                })}
          </Text>
          {data.invitedBy && (
            <Text size="sm">
              {renderIsolates(
                t('neighborhoods.member.invitedBy', {
                  name: data.invitedBy.name,
                }),
              )}
            </Text>
          )}
          {data.note != null && <UserText mt={4}>{data.note}</UserText>}
        </div>
        <MemberActions membership={data} refetchLists={refetchLists} />
      </Group>
    </Paper>
  );
}
