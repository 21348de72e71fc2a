import { useMutation } from '@apollo/client/react';
import { Button, Paper, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../ui/useAction';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { JoinPolicy } from '../generated/types';
import { toastDone } from '../ui/toast';
import { MY_NEIGHBORHOODS } from './useNeighborhoods';
import { isolate } from '../ui/isolate';

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
        ? `Welcome to ${isolate(name)}!`
        : 'You have asked to join. We will tell you when a steward answers.',
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
        Do you live here?
      </Title>
      <Text mt={4}>
        {isOpen
          ? 'Join, and see what your neighbors share.'
          : 'Ask to join. A steward looks at it and lets you in.'}
      </Text>
      {!isOpen && (
        <Textarea
          label="A word to the stewards (optional)"
          description="Where do you live, and whom do you know here?"
          mt="md"
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      <Button mt="md" loading={isBusy} onClick={() => void run(ask)}>
        {isOpen ? 'Join' : 'Ask to join'}
      </Button>
    </Paper>
  );
}
