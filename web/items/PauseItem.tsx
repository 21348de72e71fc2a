import { useMutation } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { useAction } from '../ui/useAction';
import { evictNeighborhoodItems } from './evictItemLists';

const PAUSE_ITEM = graphql(
  `
    mutation PauseItem($input: PauseItemInput!) {
      pauseItem(input: $input) {
        item {
          id
          status
          availableToday
          viewerActions
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

const RESUME_ITEM = graphql(
  `
    mutation ResumeItem($input: ResumeItemInput!) {
      resumeItem(input: $input) {
        item {
          id
          status
          availableToday
          viewerActions
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** A button that does something with a thing of one's own. */
export type ItemButtonProps = {
  item: { id: string; title: string };
  size?: ButtonProps['size'];
};

/** Hides a thing of one's own from the neighbors, for now. */
export function PauseItem({ item: { id, title }, size }: ItemButtonProps) {
  const { run, isBusy } = useAction();
  const [pause] = useMutation(PAUSE_ITEM, {
    update: evictNeighborhoodItems,
  });
  const send = async () => {
    const { data } = await pause({ variables: { input: { id } } });
    return data?.pauseItem?.errors;
  };
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconPlayerPause size={18} />}
      aria-label={`Pause ${title}`}
      loading={isBusy}
      onClick={() =>
        void run(
          send,
          `“${title}” is paused. Neighbors do not find it until you lend it again.`,
        )
      }
    >
      Pause
    </Button>
  );
}

/** Lends a paused thing of one's own again. */
export function ResumeItem({ item: { id, title }, size }: ItemButtonProps) {
  const { run, isBusy } = useAction();
  const [resume] = useMutation(RESUME_ITEM, {
    update: evictNeighborhoodItems,
  });
  const send = async () => {
    const { data } = await resume({ variables: { input: { id } } });
    return data?.resumeItem?.errors;
  };
  return (
    <Button
      size={size}
      variant="light"
      leftSection={<IconPlayerPlay size={18} />}
      aria-label={`Lend ${title} again`}
      loading={isBusy}
      onClick={() => void run(send, `“${title}” can be borrowed again.`)}
    >
      Lend again
    </Button>
  );
}
