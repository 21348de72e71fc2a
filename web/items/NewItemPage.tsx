import { useMutation } from '@apollo/client/react';
import { Paper } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import type { ItemInput, ItemValues } from './ItemForm';
import { ItemForm } from './ItemForm';
import { Page } from '../ui/Page';
import { evictItemLists } from './evictItemLists';
import { toastDone } from '../ui/toast';
import { paths } from '../paths';

const CREATE_ITEM = graphql(
  `
    mutation CreateItem($input: CreateItemInput!) {
      createItem(input: $input) {
        item {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const EMPTY: ItemValues = {
  photos: [],
  title: '',
  category: '',
  description: '',
  maxLoanDays: 7,
  bufferDays: 0,
  pickupNote: '',
};

/** Page that creates an item. */
export function NewItemPage() {
  const { id: neighborhoodId = '' } = useParams();
  const navigate = useNavigate();
  const [createItem] = useMutation(CREATE_ITEM, {
    update: (cache, { data }) => {
      if (data?.createItem?.item) evictItemLists(cache);
    },
  });

  const send = async (input: ItemInput) => {
    const { data } = await createItem({
      variables: { input: { ...input, neighborhoodId } },
    });
    const { item, errors } = data?.createItem ?? {};
    if (item) {
      toastDone(t('items.offered'));
      await navigate(paths.item(item.id), { replace: true });
    }
    return errors ?? [];
  };

  return (
    <Page title={t('items.offer')} lead={t('items.offerLead')} size="sm">
      <Paper className="surface" p="lg">
        <ItemForm
          key={neighborhoodId}
          saved={EMPTY}
          draft={paths.newItem(neighborhoodId)}
          submitLabel={t('items.offerSubmit')}
          send={send}
        />
      </Paper>
    </Page>
  );
}
