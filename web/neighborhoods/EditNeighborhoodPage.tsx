import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Paper } from '@mantine/core';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { InputForm } from '../ui/InputForm';
import type { NeighborhoodValues } from './NeighborhoodFields';
import { NeighborhoodFields } from './NeighborhoodFields';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { UpdateNeighborhoodInputSchema } from '../generated/validators';
import { paths } from '../paths';
import { t } from '../languages/texts';

const EDIT_NEIGHBORHOOD = graphql(`
  query EditNeighborhood($id: ID!) {
    neighborhood(id: $id) {
      id
      name
      about
      timeZone
      joinPolicy
      membersMayInvite
      viewerMembership {
        id
        role
      }
    }
  }
`);

const UPDATE_NEIGHBORHOOD = graphql(
  `
    mutation UpdateNeighborhood($input: UpdateNeighborhoodInput!) {
      updateNeighborhood(input: $input) {
        neighborhood {
          id
          name
          about
          timeZone
          today
          joinPolicy
          membersMayInvite
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Page on which stewards edit a neighborhood. */
export function EditNeighborhoodPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(EDIT_NEIGHBORHOOD, {
    variables: { id },
  });

  if (!data)
    return (
      <PagePending
        title={t('neighborhoods.editing.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { neighborhood } = data;
  if (!neighborhood)
    return (
      <NotFoundMessage title={t('neighborhoods.notFound.title')}>
        {t('neighborhoods.notFound.text')}
      </NotFoundMessage>
    );
  if (neighborhood.viewerMembership?.role !== 'STEWARD')
    return <Navigate to={paths.neighborhood(id)} replace />;

  const { name, about, timeZone, joinPolicy, membersMayInvite } = neighborhood;
  return (
    <EditForm
      key={neighborhood.id}
      id={neighborhood.id}
      saved={{ name, about, joinPolicy, membersMayInvite, timeZone }}
    />
  );
}

function EditForm({ id, saved }: { id: string; saved: NeighborhoodValues }) {
  const navigate = useNavigate();
  const [updateNeighborhood] = useMutation(UPDATE_NEIGHBORHOOD);

  const handle = useInputForm({
    schema: UpdateNeighborhoodInputSchema.omit({
      neighborhoodId: true,
      id: true,
    }),
    initialValues: saved,
    draft: paths.editNeighborhood(id),
    send: async (input) => {
      const { data } = await updateNeighborhood({
        variables: { input: { ...input, neighborhoodId: id } },
      });
      const { neighborhood, errors } = data?.updateNeighborhood ?? {};
      if (neighborhood) {
        toastDone(t('neighborhoods.editing.done'));
        await navigate(paths.neighborhood(id), { replace: true });
      }
      return errors ?? [];
    },
  });

  return (
    <Page title={t('neighborhoods.editing.title')} size="sm">
      <Paper className="surface" p="lg">
        <InputForm
          handle={handle}
          submitLabel={t('neighborhoods.editing.submit')}
          secondary={
            <Button
              component={Link}
              to={paths.neighborhood(id)}
              variant="subtle"
            >
              {t('neighborhoods.back')}
            </Button>
          }
        >
          <NeighborhoodFields form={handle.form} />
        </InputForm>
      </Paper>
    </Page>
  );
}
