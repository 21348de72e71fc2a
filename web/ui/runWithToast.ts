import { IdentityChangedError, errorMessage } from '../errors';
import { restoreFocus } from './restoreFocus';
import { toastDone, toastProblem } from './toast';

/**
 * Does what a button is for, and says in passing how it went.
 * @param send gives what the API turned down
 * @param done what is said if that is nothing
 */
export async function runWithToast(
  send: () => Promise<readonly { message: string }[] | undefined>,
  done: string,
): Promise<void> {
  try {
    const [problem] = (await send()) ?? [];
    if (problem) toastProblem(problem.message);
    else toastDone(done);
  } catch (error) {
    if (!(error instanceof IdentityChangedError))
      toastProblem(errorMessage(error));
  }
  // The button may have given way to its opposite.
  restoreFocus();
}
