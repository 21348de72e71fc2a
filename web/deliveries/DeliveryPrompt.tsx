import type { FragmentType } from '@apollo/client';
import { useFragment, useQuery } from '@apollo/client/react';
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { useId } from 'react';
import { ChangeEmail } from '../account/ChangeEmail';
import { graphql } from '../apollo/graphql';
import type { DeliveryPrompt_UserFragment, Loan } from '../generated/types';
import { t } from '../languages/texts';
import { InstallSteps } from '../pwa/InstallApp';
import { useInstallWay } from '../pwa/installPrompt';
import { renderIsolates } from '../languages/isolate';
import { restoreFocus } from '../ui/restoreFocus';
import { toastDone } from '../ui/toast';
import { useAction } from '../ui/useAction';
import { pushSupport, wantsPushes } from './pushSubscription';
import { useTurnOnPush } from './useTurnOnPush';

/** Fields of the viewer that the prompt needs. */
export const DELIVERY_PROMPT = graphql(`
  fragment DeliveryPrompt_user on User {
    id
    username
    email
    unverifiedEmail
  }
`);

const PUSH_KEY = graphql(`
  query PushKey {
    myDeliverySettings {
      pushKey
    }
  }
`);

type Props = {
  /** The viewer. */
  user: FragmentType<DeliveryPrompt_UserFragment>;
  /** The loan that is shown. */
  loan: Pick<Loan, 'status' | 'viewerRole'>;
  /** Name of the other party. */
  other: string;
};

/**
 * Asks the parties of a requested loan how they want to hear of its answer, or of further requests: by
 * notifications of this browser or by e-mail. Shown until it is answered, once per user and browser, and
 * only where there is something to turn on.
 */
export function DeliveryPrompt({ user, loan, other }: Props) {
  const { data, complete } = useFragment({
    fragment: DELIVERY_PROMPT,
    from: user,
  });
  // Removed with all that is the user's on logout.
  const [isAnswered, setIsAnswered] = useLocalStorage({
    key: 'neighborshare-delivery-prompt',
    defaultValue: false,
    // Otherwise an answered prompt would appear for a moment.
    getInitialValueInEffect: false,
  });
  const { status, viewerRole } = loan;
  if (!complete || isAnswered || status !== 'REQUESTED') return null;
  if (viewerRole === 'STEWARD') return null;
  const answer = () => {
    setIsAnswered(true);
    restoreFocus();
  };
  return (
    <Offers
      user={data}
      waitsFor={viewerRole === 'BORROWER' ? other : null}
      onAnswer={answer}
    />
  );
}

function Offers({
  user: { username, email, unverifiedEmail },
  waitsFor,
  onAnswer,
}: {
  user: DeliveryPrompt_UserFragment;
  /** Name of the owner whose answer the viewer waits for; null for the owner. */
  waitsFor: string | null;
  onAnswer: () => void;
}) {
  const id = useId();
  // Here and not in the offer: a refused permission takes the offer away.
  const action = useAction();
  const push = pushSupport();
  const offersPush = push === 'supported' && !wantsPushes();
  const offersMail = email == null && unverifiedEmail == null;
  // On an iPhone, only the installed app gets pushes.
  const offersSteps = useInstallWay() === 'steps' && push === 'unsupported';
  if (!offersPush && !offersMail && !offersSteps) return null;
  const hints = [
    offersPush ? [t('deliveries.prompt.push')] : [],
    offersMail ? [t('deliveries.prompt.mail')] : [],
    offersSteps ? [t('deliveries.noPush.unsupported')] : [],
  ].flat();
  return (
    <Paper
      component="section"
      className="surface surface-warm"
      p={{ base: 'md', sm: 'lg' }}
      aria-labelledby={id}
    >
      <Title order={2} size="h4" id={id}>
        {waitsFor == null
          ? t('deliveries.prompt.ownerTitle')
          : t('deliveries.prompt.borrowerTitle')}
      </Title>
      <Text mt={4}>{hints.join(' ')}</Text>
      <Group mt="md" gap="sm">
        {offersPush && (
          <PushOffer waitsFor={waitsFor} action={action} onDone={onAnswer} />
        )}
        {offersMail && (
          <ChangeEmail
            username={username}
            isFirst
            label={t('deliveries.prompt.byMail')}
            variant={offersPush ? 'default' : 'filled'}
            onChanged={onAnswer}
          />
        )}
        {offersSteps && <StepsOffer />}
        <Button variant="subtle" onClick={onAnswer}>
          {t('deliveries.prompt.notNow')}
        </Button>
      </Group>
    </Paper>
  );
}

/** Button that asks for the permission to show notifications, and turns them on. */
function PushOffer({
  waitsFor,
  action: { run, isBusy },
  onDone,
}: {
  waitsFor: string | null;
  action: ReturnType<typeof useAction>;
  onDone: () => void;
}) {
  const turnOnPush = useTurnOnPush();
  // Read before the press: browsers ask for the permission only immediately after it.
  const { data, error } = useQuery(PUSH_KEY);
  const pushKey = data?.myDeliverySettings.pushKey;
  const turnOn = async (key: string) => {
    const errors = await turnOnPush(key);
    if (errors?.length === 0) {
      toastDone(t('deliveries.prompt.pushOn'));
      onDone();
    }
    return errors;
  };
  // The settings of the account have the switch too, and say what is wrong.
  if (error) return null;
  return (
    <Button
      disabled={pushKey === undefined}
      loading={isBusy}
      onClick={() => pushKey !== undefined && void run(() => turnOn(pushKey))}
    >
      {renderIsolates(
        waitsFor == null
          ? t('deliveries.prompt.whenAsked')
          : t('deliveries.prompt.whenAnswered', { name: waitsFor }),
      )}
    </Button>
  );
}

/** Button that shows how to install the app on an iPhone. */
function StepsOffer() {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('deliveries.prompt.install')}
      </Button>
      <InstallSteps opened={opened} onClose={close} />
    </>
  );
}
