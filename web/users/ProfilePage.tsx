import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PERSON_AVATAR, PersonAvatar } from './PersonAvatar';
import { TimeAgo } from '../ui/TimeAgo';
import { paths } from '../paths';
import { isolate, renderIsolates } from '../ui/isolate';
import { UserText } from '../ui/UserText';

const PROFILE = graphql(
  `
    query Profile {
      me {
        id
        username
        name
        about
        address
        phone
        createdAt
        ...PersonAvatar_user
      }
    }
  `,
  [PERSON_AVATAR],
);

/** Shows the user's own profile as neighbors see it. */
export function ProfilePage() {
  const { data, error, refetch } = useQuery(PROFILE);

  if (!data)
    return (
      <PagePending
        title="Your profile"
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { me } = data;
  return (
    <Page
      title="Your profile"
      size="sm"
      actions={
        <Button
          component={Link}
          to={paths.editProfile}
          variant="default"
          leftSection={<IconPencil size={18} />}
        >
          Edit
        </Button>
      }
    >
      <Paper className="surface" p={{ base: 'lg', sm: 'xl' }}>
        <Group wrap="nowrap" align="center">
          <PersonAvatar user={me} size="xl" />
          <div>
            <Title order={2} size="h3" dir="auto" className="wrap-anywhere">
              {me.name}
            </Title>
            <Text c="dimmed" className="wrap-anywhere">
              {renderIsolates(`@${isolate(me.username)} · joined `)}
              <TimeAgo at={me.createdAt} />
            </Text>
          </div>
        </Group>
        {me.about === '' ? (
          <Text mt="lg" c="dimmed">
            You have not said anything about yourself yet. A line or two is
            plenty.
          </Text>
        ) : (
          <UserText mt="lg" className="instructions">
            {me.about}
          </UserText>
        )}
      </Paper>
      <Paper
        component="section"
        className="surface"
        p={{ base: 'lg', sm: 'xl' }}
        mt="md"
        aria-labelledby="contact"
      >
        <Title order={2} size="h4" id="contact">
          How to reach you
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          Only the neighbor who borrows from you or lends to you sees this, from
          the promise until the thing is back.
        </Text>
        <Contact label="Address" value={me.address} />
        <Contact label="Phone" value={me.phone} />
      </Paper>
      <Group mt="lg" gap="lg">
        <Anchor component={Link} to={paths.myItems} py={8}>
          Your things
        </Anchor>
        <Anchor component={Link} to={paths.neighborhoods} py={8}>
          Your neighborhoods
        </Anchor>
        <Anchor component={Link} to={paths.blocks} py={8}>
          Blocked people
        </Anchor>
        <Anchor component={Link} to={paths.account} py={8}>
          Account
        </Anchor>
      </Group>
    </Page>
  );
}

function Contact({ label, value }: { label: string; value: string | null }) {
  const isGiven = value != null && value !== '';
  return (
    <Text mt="sm" className="instructions" c={isGiven ? undefined : 'dimmed'}>
      <Text component="span" inherit fw={600}>
        {label}:{' '}
      </Text>
      {renderIsolates(isGiven ? isolate(value) : 'not given')}
    </Text>
  );
}
