import type { ApolloCache, FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { BlockButton_UserFragment } from '../generated/types';
import { ConfirmButton } from '../ui/ConfirmButton';
import { toastDone } from '../ui/toast';
import { t } from '../languages/texts';

/** Fields of the block button. */
export const BLOCK_BUTTON = graphql(`
  fragment BlockButton_user on User {
    id
    name
    blockedByViewer
  }
`);

const BLOCK_USER = graphql(
  `
    mutation BlockUser($input: BlockUserInput!) {
      blockUser(input: $input) {
        user {
          id
          blockedByViewer
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const UNBLOCK_USER = graphql(
  `
    mutation UnblockUser($input: UnblockUserInput!) {
      unblockUser(input: $input) {
        user {
          id
          blockedByViewer
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Evicts all lists of people and of what they share, so that they are fetched again. */
function forgetLists(cache: ApolloCache): void {
  ['items', 'recipes', 'person', 'neighborhood'].forEach((fieldName) =>
    cache.evict({ id: 'ROOT_QUERY', fieldName }),
  );
  cache.gc();
}

/** Blocks or unblocks a person. */
export function BlockButton({
  user,
  size,
  onDone,
}: {
  user: FragmentType<BlockButton_UserFragment>;
  size?: ButtonProps['size'];
  /** Called afterwards, when they can be seen no more, or again. */
  onDone: () => unknown;
}) {
  const { data, complete } = useFragment({
    fragment: BLOCK_BUTTON,
    from: user,
  });
  const [blockUser, { client }] = useMutation(BLOCK_USER);
  const [unblockUser] = useMutation(UNBLOCK_USER);
  if (!complete) return null;
  const { id, name, blockedByViewer } = data;
  const variables = { input: { userId: id } };

  const block = async () => {
    const answer = await blockUser({ variables });
    const { user: blocked, errors } = answer.data?.blockUser ?? {};
    if (blocked) {
      await onDone();
      forgetLists(client.cache);
      toastDone(t('blocks.block.done', { name }));
    }
    return errors ?? [];
  };

  const unblock = async () => {
    const answer = await unblockUser({ variables });
    const { user: unblocked, errors } = answer.data?.unblockUser ?? {};
    if (unblocked) {
      await onDone();
      forgetLists(client.cache);
      toastDone(t('blocks.unblock.done', { name }));
    }
    return errors ?? [];
  };

  return blockedByViewer ? (
    <ConfirmButton
      key="unblock"
      label={t('blocks.unblock.label')}
      size={size}
      variant="default"
      title={t('blocks.unblock.title', { name })}
      text={t('blocks.unblock.text')}
      confirmLabel={t('blocks.unblock.label')}
      isHarmless
      onConfirm={unblock}
    />
  ) : (
    <ConfirmButton
      key="block"
      label={t('blocks.block.label')}
      size={size}
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      leftSection={<IconBan size={18} aria-hidden="true" />}
      title={t('blocks.block.title', { name })}
      text={t('blocks.block.text')}
      confirmLabel={t('blocks.block.label')}
      onConfirm={block}
    />
  );
}
