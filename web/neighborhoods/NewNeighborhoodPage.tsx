import { useMutation } from '@apollo/client/react';
import { Paper } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { InputForm } from '../ui/InputForm';
import type { NeighborhoodValues } from './NeighborhoodFields';
import { NeighborhoodFields, localTimeZone } from './NeighborhoodFields';
import { Page } from '../ui/Page';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { CreateNeighborhoodInputSchema } from '../generated/validators';
import { paths } from '../paths';
import { t } from '../languages/texts';

const CREATE_NEIGHBORHOOD = graphql(
  `
    mutation CreateNeighborhood($input: CreateNeighborhoodInput!) {
      createNeighborhood(input: $input) {
        neighborhood {
          id
          name
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Start a neighborhood, and be its first steward. */
export function NewNeighborhoodPage() {
  const navigate = useNavigate();
  const [createNeighborhood] = useMutation(CREATE_NEIGHBORHOOD, {
    refetchQueries: [MY_NEIGHBORHOODS],
    awaitRefetchQueries: true,
  });
  const [initialValues] = useState<NeighborhoodValues>(() => ({
    name: '',
    about: '',
    joinPolicy: 'APPROVAL',
    membersMayInvite: true,
    timeZone: localTimeZone(),
  }));

  const handle = useInputForm({
    schema: CreateNeighborhoodInputSchema,
    initialValues,
    draft: paths.newNeighborhood,
    send: async (input) => {
      const { data } = await createNeighborhood({ variables: { input } });
      const { neighborhood, errors } = data?.createNeighborhood ?? {};
      if (neighborhood) {
        toastDone(t('neighborhoods.new.done', { name: neighborhood.name }));
        await navigate(paths.neighborhood(neighborhood.id), { replace: true });
      }
      return errors ?? [];
    },
  });

  return (
    <Page
      title={t('neighborhoods.start')}
      lead={t('neighborhoods.new.lead')}
      size="sm"
    >
      <Paper className="surface" p="lg">
        <InputForm handle={handle} submitLabel={t('neighborhoods.new.submit')}>
          <NeighborhoodFields form={handle.form} />
        </InputForm>
      </Paper>
    </Page>
  );
}
