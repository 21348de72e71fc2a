import type { Reference } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Group, NativeSelect, NumberInput, Paper } from '@mantine/core';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { CreateInviteInputSchema } from '../generated/validators';
import { INVITE_ROW } from './InviteRow';
import { InputForm } from '../ui/InputForm';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { t } from '../languages/texts';
import { countDays } from '../ui/dates';

const CREATE_INVITE = graphql(
  `
    mutation CreateInvite($input: CreateInviteInput!) {
      createInvite(input: $input) {
        invite {
          id
          ...InviteRow_invite
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [INVITE_ROW, USER_ERROR_FIELDS],
);

/** Lists how long a link may work; stewards have a longer choice, too. */
const durations = (isSteward: boolean) => [
  { value: '1', label: t('neighborhoods.invites.day') },
  { value: '7', label: t('neighborhoods.invites.week') },
  ...(isSteward ? [30, 90] : [30]).map((days) => ({
    value: String(days),
    label: countDays(days),
  })),
];

/** Makes an invite link. */
export function NewInvite({
  neighborhoodId,
  isSteward,
  onCreated,
}: {
  neighborhoodId: string;
  /** Stewards may make links for more people and a longer time. */
  isSteward: boolean;
  /** Gets the id of what was made. */
  onCreated: (id: string) => void;
}) {
  const [createInvite] = useMutation(CREATE_INVITE, {
    update: (cache, { data }) => {
      const invite = data?.createInvite?.invite;
      if (!invite) return;
      cache.modify<{ invites: readonly Reference[] }>({
        id: cache.identify({ __typename: 'Neighborhood', id: neighborhoodId }),
        fields: {
          invites: (invites, { toReference }) => {
            const added = toReference(invite);
            return added ? [added, ...invites] : invites;
          },
        },
      });
    },
  });

  const handle = useInputForm({
    schema: CreateInviteInputSchema,
    initialValues: {
      neighborhoodId,
      expiresInDays: 7,
      maxUses: 10,
    },
    send: async (input) => {
      const { data } = await createInvite({ variables: { input } });
      const { invite, errors } = data?.createInvite ?? {};
      if (invite) {
        toastDone(t('neighborhoods.invites.made'));
        onCreated(invite.id);
      }
      return errors ?? [];
    },
  });
  const { form } = handle;

  return (
    <Paper className="surface" p="md">
      <InputForm handle={handle} submitLabel={t('neighborhoods.invites.make')}>
        <Group gap="md" align="flex-start">
          <NativeSelect
            label={t('neighborhoods.invites.duration')}
            size="md"
            flex="1 1 8rem"
            data={durations(isSteward)}
            value={String(form.getValues().expiresInDays)}
            onChange={({ currentTarget: { value } }) =>
              form.setFieldValue('expiresInDays', Number(value))
            }
            error={form.errors.expiresInDays}
          />
          <NumberInput
            label={
              isSteward
                ? t('neighborhoods.invites.maxUses')
                : t('neighborhoods.invites.maxUsesOfMember')
            }
            flex="1 1 14rem"
            maxLength={5}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            hideControls
            inputMode="numeric"
            autoComplete="off"
            {...form.getInputProps('maxUses')}
          />
        </Group>
      </InputForm>
    </Paper>
  );
}
