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
import { t } from '../languages/texts';

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
        title={t('blocks.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { myBlocks } = data;
  return (
    <Page title={t('blocks.title')} lead={t('blocks.lead')} size="sm">
      {myBlocks.length === 0 ? (
        <EmptyState
          picture={<IconMoodSmile size={48} stroke={1.3} />}
          title={t('blocks.none.title')}
          action={
            <Button component={Link} to={paths.profile} variant="light">
              {t('blocks.back')}
            </Button>
          }
        >
          {t('blocks.none.text')}
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
