import type { FormEvent } from 'react';
import { useRef, useState, useSyncExternalStore } from 'react';
import type { LoginStore } from './login';

/** Shows who is logged in, with the button to log out; else the button of the form to log in. */
export function Account({ login }: { login: LoginStore }) {
  const current = useSyncExternalStore(login.subscribe, login.get);
  const dialog = useRef<HTMLDialogElement>(null);
  if (current)
    return (
      <>
        <span className="account" role="status">
          Logged in as {current.name}
        </span>
        <button type="button" onClick={() => void login.logOut()}>
          Log out
        </button>
      </>
    );
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Log in
      </button>
      <dialog ref={dialog} aria-labelledby="login-title">
        <LoginForm login={login} onCancel={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}

type LoginFormProps = { login: LoginStore; onCancel: () => void };

function LoginForm({ login, onCancel }: LoginFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => form.get(name) as string;
    setBusy(true);
    setProblem(null);
    try {
      await login.logIn({
        username: text('username'),
        password: text('password'),
      });
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <h2 id="login-title">Log in</h2>
      <p>
        Operations are then sent with your token. It is kept until you log out
        or leave this page. The web app stays as it is.
      </p>
      <label>
        Username or e-mail address
        <input name="username" autoComplete="username" required autoFocus />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      {problem !== null && <p role="alert">{problem}</p>}
      <div className="buttons">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" disabled={isBusy}>
          Log in
        </button>
      </div>
    </form>
  );
}
