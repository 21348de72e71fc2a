import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Paper } from '@mantine/core';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import type { ItemInput, ItemValues } from './ItemForm';
import { ItemForm } from './ItemForm';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { evictItemLists } from './evictItemLists';
import { toastDone } from '../ui/toast';
import { paths } from '../paths';

const EDIT_ITEM = graphql(`
  query EditItem($id: ID!) {
    item(id: $id) {
      id
      title
      category
      description
      maxLoanDays
      bufferDays
      pickupNote
      photos {
        id
        url
      }
      viewerActions
    }
  }
`);

const UPDATE_ITEM = graphql(
  `
    mutation UpdateItem($input: UpdateItemInput!) {
      updateItem(input: $input) {
        item {
          id
          title
          category
          description
          maxLoanDays
          bufferDays
          pickupNote
          photos {
            id
            url
            large: url(size: LARGE)
          }
          updatedAt
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Edit page of an item, for its owner. */
export function EditItemPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(EDIT_ITEM, { variables: { id } });

  if (!data)
    return (
      <PagePending
        title={t('items.editTitle')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { item } = data;
  if (!item)
    return (
      <NotFoundMessage title={t('items.notFound')}>
        {t('items.notFoundText')}
      </NotFoundMessage>
    );
  if (!item.viewerActions.includes('EDIT'))
    return <Navigate to={paths.item(item.id)} replace />;

  const { title, category, description, maxLoanDays, bufferDays } = item;
  const photos = item.photos.map(({ id, url }) => ({ id, url }));
  const pickupNote = item.pickupNote ?? '';
  return (
    <EditForm
      key={item.id}
      id={item.id}
      saved={{
        photos,
        title,
        category,
        description,
        maxLoanDays,
        bufferDays,
        pickupNote,
      }}
    />
  );
}

function EditForm({ id, saved }: { id: string; saved: ItemValues }) {
  const navigate = useNavigate();
  const [updateItem] = useMutation(UPDATE_ITEM, {
    update: (cache, { data }) => {
      if (data?.updateItem?.item) evictItemLists(cache);
    },
  });

  const send = async (input: ItemInput) => {
    const { data } = await updateItem({
      variables: {
        input: {
          ...input,
          itemId: id,
          pickupNote: input.pickupNote === '' ? null : input.pickupNote,
        },
      },
    });
    const { item, errors } = data?.updateItem ?? {};
    if (item) {
      toastDone(t('items.saved'));
      await navigate(paths.item(id), { replace: true });
    }
    return errors ?? [];
  };

  return (
    <Page title={t('items.editTitle')} size="sm">
      <Paper className="surface" p="lg">
        <ItemForm
          saved={saved}
          draft={paths.editItem(id)}
          submitLabel={t('items.save')}
          secondary={
            <Button component={Link} to={paths.item(id)} variant="subtle">
              {t('items.backToThing')}
            </Button>
          }
          send={send}
        />
      </Paper>
    </Page>
  );
}
