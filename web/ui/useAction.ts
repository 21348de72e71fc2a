import { useState } from 'react';
import { IdentityChangedError, errorMessage } from '../errors';
import { restoreFocus } from './restoreFocus';
import { toastDone, toastProblem } from './toast';

/** Sends an action. Returns the errors of the API's answer: none on success. */
type Send = () => Promise<readonly { message: string }[] | undefined | void>;

/**
 * Runs an action and reports why it failed: the API's first error, or a failed request.
 * A change of user while the request is in flight is not reported.
 * @param onProblem shows the reason; a toast by default
 * @returns whether it succeeded
 */
export async function runAction(
  send: Send,
  onProblem: (message: string) => void = toastProblem,
): Promise<boolean> {
  try {
    const [refusal] = (await send()) ?? [];
    if (refusal) onProblem(refusal.message);
    return !refusal;
  } catch (error) {
    if (!(error instanceof IdentityChangedError))
      onProblem(errorMessage(error));
    return false;
  }
}

/**
 * Runs the action of a button and tracks its state. When it ends, the focus is restored
 * if the button is gone. Errors are shown as toasts, or beside the button:
 *
 *     const { run, isBusy } = useAction();
 *     <Button loading={isBusy} onClick={() => void run(send, 'It is saved.')}>
 *
 *     const { run, isBusy, problem } = useAction({ shows: 'inline' });
 *     <ErrorAlert>{problem}</ErrorAlert>
 *
 * `run` takes what sends the action and, optionally, the toast on success. Outside of
 * components, and where there is no button, use `runAction`. Forms use `useInputForm`.
 */
export function useAction({
  shows = 'toast',
}: { shows?: 'toast' | 'inline' } = {}) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async (send: Send, done?: string): Promise<boolean> => {
    setIsBusy(true);
    setProblem(null);
    const isDone = await runAction(
      send,
      shows === 'inline' ? setProblem : toastProblem,
    );
    setIsBusy(false);
    if (isDone && done != null) toastDone(done);
    // An inline problem keeps the button, perhaps in a dialog that traps the focus.
    if (isDone || shows === 'toast') restoreFocus();
    return isDone;
  };

  return { run, isBusy, problem };
}
