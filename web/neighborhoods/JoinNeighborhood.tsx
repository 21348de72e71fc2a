import { useMutation } from '@apollo/client/react';
import { Button, Paper, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../ui/useAction';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { JoinPolicy } from '../generated/types';
import { toastDone } from '../ui/toast';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { t } from '../languages/texts';

const JOIN = graphql(
  `
    mutation JoinNeighborhood($input: JoinNeighborhoodInput!) {
      joinNeighborhood(input: $input) {
        membership {
          id
          status
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Offers to join a neighborhood. */
export function JoinNeighborhood({
  neighborhood: { id, name, joinPolicy },
  onJoined,
}: {
  neighborhood: { id: string; name: string; joinPolicy: JoinPolicy };
  /** Called once they are in, or have asked: the page shows more now. */
  onJoined: () => Promise<unknown>;
}) {
  const { run, isBusy } = useAction();
  const [join] = useMutation(JOIN, {
    refetchQueries: [MY_NEIGHBORHOODS],
    awaitRefetchQueries: true,
  });
  const [note, setNote] = useState('');
  const isOpen = joinPolicy === 'OPEN';

  const ask = async () => {
    const { data } = await join({
      variables: { input: { neighborhoodId: id, note } },
    });
    const { membership, errors } = data?.joinNeighborhood ?? {};
    if (!membership) return errors;
    toastDone(
      membership.status === 'ACTIVE'
        ? t('neighborhoods.join.welcome', { name })
        : t('neighborhoods.join.asked'),
    );
    await onJoined();
    return errors;
  };

  return (
    <Paper
      component="section"
      className="surface surface-warm"
      p="lg"
      aria-labelledby="join"
    >
      <Title order={2} size="h4" id="join">
        {t('neighborhoods.join.title')}
      </Title>
      <Text mt={4}>
        {isOpen
          ? t('neighborhoods.join.open')
          : t('neighborhoods.join.approval')}
      </Text>
      {!isOpen && (
        <Textarea
          label={t('neighborhoods.join.note')}
          description={t('neighborhoods.join.noteHint')}
          mt="md"
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      <Button mt="md" loading={isBusy} onClick={() => void run(ask)}>
        {isOpen ? t('neighborhoods.join.join') : t('neighborhoods.join.ask')}
      </Button>
    </Paper>
  );
}
