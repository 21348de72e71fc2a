import { useQuery } from '@apollo/client/react';
import { Group, Paper, Stack, Text } from '@mantine/core';
import { Navigate, useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { BLOCK_BUTTON, BlockButton } from '../blocks/BlockButton';
import { rich, t } from '../languages/texts';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { PersonItems } from '../items/PersonItems';
import { PERSON_AVATAR, PersonAvatar } from './PersonAvatar';
import { ReportButton } from '../reports/ReportButton';
import { TimeAgo } from '../ui/TimeAgo';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';
import { paths } from '../paths';
import { renderIsolates } from '../languages/isolate';
import { UserText } from '../ui/UserText';

const PERSON = graphql(
  `
    query Person($id: ID!) {
      me {
        id
      }
      user(id: $id) {
        id
        name
        about
        createdAt
        ...PersonAvatar_user
        ...BlockButton_user
      }
    }
  `,
  [PERSON_AVATAR, BLOCK_BUTTON],
);

/** Shows a neighbor's profile and the items they lend in the current neighborhood. */
export function PersonPage() {
  const { id = '' } = useParams();
  const { current } = useNeighborhoods();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(PERSON, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return (
      <PagePending
        title={t('users.person.title')}
        size="md"
        error={error}
        retry={refetch}
      />
    );

  const { me, user: person } = data;
  if (!person)
    return (
      <NotFoundMessage title={t('users.person.notFound')}>
        {t('users.person.notFoundText')}
      </NotFoundMessage>
    );
  if (person.id === me.id) return <Navigate to={paths.profile} replace />;

  const { name, about, createdAt } = person;
  return (
    <Page title={name}>
      <Stack gap="xl">
        <Paper className="surface" p={{ base: 'lg', sm: 'xl' }}>
          <Group wrap="nowrap" align="center">
            <PersonAvatar user={person} size="xl" />
            <Text c="dimmed" className="wrap-anywhere">
              {rich('users.person.joined', {
                ago: <TimeAgo at={createdAt} />,
              })}
            </Text>
          </Group>
          {about === '' ? (
            <Text mt="lg" className="wrap-anywhere">
              {renderIsolates(t('users.person.noAbout', { name }))}
            </Text>
          ) : (
            <UserText mt="lg" className="instructions">
              {about}
            </UserText>
          )}
          <Group mt="lg" gap="xs">
            <BlockButton
              user={person}
              size="sm"
              // A blocked person is only listed there.
              onDone={() =>
                navigate(paths.blocks, { flushSync: true, replace: true })
              }
            />
            {current && (
              <ReportButton
                target={{ userId: person.id, neighborhoodId: current.id }}
                size="sm"
              />
            )}
          </Group>
        </Paper>
        {current && (
          <PersonItems
            neighborhood={current}
            person={{ id: person.id, name }}
          />
        )}
      </Stack>
    </Page>
  );
}
