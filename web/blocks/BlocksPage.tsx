import { useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { BLOCK_BUTTON, BlockButton } from './BlockButton';
import { EmptyState } from '../ui/EmptyState';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import { paths } from '../paths';

const BLOCKS = graphql(
  `
    query Blocks {
      myBlocks {
        id
        name
        ...PersonAvatar_user
        ...BlockButton_user
      }
    }
  `,
  [PERSON_AVATAR, BLOCK_BUTTON],
);

/** Page with the list of blocked users, and a button to unblock each. */
export function BlocksPage() {
  const { data, error, refetch } = useQuery(BLOCKS, {
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return (
      <PagePending
        title="Blocked people"
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { myBlocks } = data;
  return (
    <Page
      title="Blocked people"
      lead="Neither of you sees what the other shares. They are not told."
      size="sm"
    >
      {myBlocks.length === 0 ? (
        <EmptyState
          picture={<IconMoodSmile size={48} stroke={1.3} />}
          title="You have not blocked anyone"
          action={
            <Button component={Link} to={paths.profile} variant="light">
              Back to your profile
            </Button>
          }
        >
          If somebody bothers you, you can block them on their page.
        </EmptyState>
      ) : (
        <Stack component="ul" className="plain-list" gap="xs">
          {myBlocks.map((person) => (
            <Paper
              component="li"
              key={person.id}
              className="surface"
              px="md"
              py="sm"
            >
              <Group justify="space-between" gap="xs">
                <Group gap="sm" wrap="nowrap" className="wide-text">
                  <PersonAvatar user={person} />
                  <Text fw={600} dir="auto" className="wrap-anywhere">
                    {person.name}
                  </Text>
                </Group>
                <BlockButton user={person} size="sm" onDone={refetch} />
              </Group>
            </Paper>
          ))}
        </Stack>
      )}
    </Page>
  );
}
