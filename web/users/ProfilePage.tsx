import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { rich, t } from '../languages/texts';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PERSON_AVATAR, PersonAvatar } from './PersonAvatar';
import { TimeAgo } from '../ui/TimeAgo';
import { paths } from '../paths';
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
        title={t('users.profile.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { me } = data;
  return (
    <Page
      title={t('users.profile.title')}
      size="sm"
      actions={
        <Button
          component={Link}
          to={paths.editProfile}
          variant="default"
          leftSection={<IconPencil size={18} />}
        >
          {t('users.profile.edit')}
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
              {rich('users.profile.joined', {
                username: me.username,
                ago: <TimeAgo at={me.createdAt} />,
              })}
            </Text>
          </div>
        </Group>
        {me.about === '' ? (
          <Text mt="lg" c="dimmed">
            {t('users.profile.noAbout')}
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
          {t('users.profile.contact')}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t('users.profile.contactHint')}
        </Text>
        <Contact of="address" value={me.address} />
        <Contact of="phone" value={me.phone} />
      </Paper>
      <Group mt="lg" gap="lg">
        <Anchor component={Link} to={paths.myItems} py={8}>
          {t('users.profile.things')}
        </Anchor>
        <Anchor component={Link} to={paths.neighborhoods} py={8}>
          {t('users.profile.neighborhoods')}
        </Anchor>
        <Anchor component={Link} to={paths.blocks} py={8}>
          {t('users.profile.blocks')}
        </Anchor>
        <Anchor component={Link} to={paths.account} py={8}>
          {t('users.profile.account')}
        </Anchor>
      </Group>
    </Page>
  );
}

function Contact({
  of,
  value,
}: {
  of: 'address' | 'phone';
  value: string | null;
}) {
  const isGiven = value != null && value !== '';
  const b = (parts: ReactNode[]) => (
    <Text component="span" inherit fw={600}>
      {parts}
    </Text>
  );
  return (
    <Text mt="sm" className="instructions" c={isGiven ? undefined : 'dimmed'}>
      {isGiven
        ? rich(`users.contact.${of}`, { b, value: <bdi>{value}</bdi> })
        : rich(`users.noContact.${of}`, { b })}
    </Text>
  );
}
