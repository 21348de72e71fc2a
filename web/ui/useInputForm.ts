import type { UseFormReturnType } from '@mantine/form';
import { useForm, schemaResolver } from '@mantine/form';
import type { FormEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import * as z from 'zod';
import { drafts } from '../session/drafts';
import { IdentityChangedError, errorMessage } from '../errors';
import { problemText } from '../languages/problem';
import { useSession } from '../session/session';

/** A `UserError` of the API. */
export type InputError = {
  message: string;
  /** Path of the field; null for the whole input. */
  field: readonly string[] | null;
};

/** Shape of a generated validator of an input. */
type Fields<Input> = {
  [Name in keyof Input]: z.ZodType<Input[Name], Input[Name] | undefined>;
};

/** Values of a form: one for each field of its input, required or not. An empty one is an empty string. */
type FormValues<Input> = { [Name in keyof Input]-?: Input[Name] | '' };

/** Options of `useInputForm`. */
export type InputFormOptions<Input, Values> = {
  /** The generated validator of the input, without (`omit`) the fields that the page adds to it. */
  schema: z.ZodObject<Fields<Input>>;
  /** Initial values of exactly the fields of the input, in the order of the fields on the screen. */
  initialValues: Values;
  /** The page's path, if typed text is to survive leaving the page. Never for a form with a password. */
  draft?: string;
  /** Fields that are left out while they are empty, as an empty text is no valid value of theirs. */
  optional?: readonly (keyof Input & string)[];
  /** Sends the validated input. Returns the API's errors: none on success. */
  send: (input: Input) => Promise<readonly InputError[]>;
};

/** State of a form's draft. */
export type FormDraft = {
  /** Untouched, edited, restored, or just discarded. */
  status: 'empty' | 'kept' | 'found' | 'discarded';
  /** Empties the form, or restores the saved values. */
  startOver: () => void;
  /** Undoes `startOver`. */
  bringBack: () => void;
};

/** A form as `InputForm` and the fields need it. */
export type InputFormHandle<Values> = {
  form: UseFormReturnType<Values>;
  submit: (event?: FormEvent<HTMLFormElement>) => void;
  /** A request is running, and the form is locked. */
  sending: boolean;
  /** Errors of the whole form, a sentence on each line. */
  problem: string | null;
  /** The draft; null if none is kept. */
  draft: FormDraft | null;
};

/**
 * Form state that validates an input of the API before sending it, shows each error at its field, keeps
 * a draft, and moves the focus to the first error.
 */
export function useInputForm<
  Input,
  Values extends FormValues<Input> &
    Record<Exclude<keyof Values, keyof Input>, never>,
>({
  schema,
  initialValues,
  draft,
  optional = [],
  send,
}: InputFormOptions<Input, Values>): InputFormHandle<Values> {
  const session = useSession();
  const key =
    draft != null && session.status === 'loggedIn'
      ? { userId: session.userId, form: draft }
      : null;
  const [found] = useState(() => key && drafts.load(key));
  const [status, setStatus] = useState<FormDraft['status']>(
    found ? 'found' : 'empty',
  );
  const [discarded, setDiscarded] = useState<Values | null>(null);
  const [isStorageFull, setIsStorageFull] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [refusals, setRefusals] = useState(0);
  const element = useRef<HTMLFormElement>(null);

  const form = useForm<Values>({
    initialValues: { ...initialValues, ...known(found, initialValues) },
    validate: validateInput(schema, optional),
    onValuesChange: (values) => {
      if (!key) return;
      if (isSame(values, initialValues)) {
        drafts.drop(key);
        setStatus('empty');
      } else {
        setIsStorageFull(!drafts.save(key, values));
        // A restored draft stays marked as such while it is edited.
        setStatus((before) => (before === 'found' ? before : 'kept'));
      }
    },
  });

  useEffect(() => {
    if (refusals > 0) focusFirstError(element.current ?? document);
  }, [refusals]);

  const refuse = () => setRefusals((count) => count + 1);

  const deliver = async (values: Values) => {
    setSending(true);
    setProblem(null);
    try {
      // zod loses the types of optional fields, which the generator guarantees.
      const refused = await send(
        schema.parse(withoutEmpty(values, optional)) as Input,
      );
      const problems = refused.filter(({ field, message }) => {
        const path = field?.join('.') ?? '';
        if (path in values) form.setFieldError(path, message);
        return !(path in values);
      });
      if (problems.length > 0)
        setProblem(problems.map(({ message }) => message).join('\n'));
      if (refused.length > 0) refuse();
      else if (key) drafts.drop(key);
    } catch (error) {
      // The user has to log in again; their draft is kept.
      if (error instanceof IdentityChangedError) return;
      setProblem(errorMessage(error));
      refuse();
    } finally {
      setSending(false);
    }
  };

  return {
    form,
    submit: (event) => {
      element.current = event?.currentTarget ?? null;
      form.onSubmit(deliver, refuse)(event);
    },
    sending,
    problem,
    draft:
      key && !isStorageFull
        ? {
            status,
            startOver: () => {
              setDiscarded(form.getValues());
              form.setValues(initialValues);
              form.clearErrors();
              setStatus('discarded');
            },
            bringBack: () => {
              if (discarded) form.setValues(discarded);
            },
          }
        : null,
  };
}

/** The part of a draft that still fits the form. */
function known(
  draft: Record<string, unknown> | null,
  initialValues: Record<string, unknown>,
) {
  return Object.fromEntries(
    Object.entries(draft ?? {}).filter(([name]) => name in initialValues),
  );
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Uses the order of the DOM, which is the order on the screen. */
function focusFirstError(within: ParentNode): void {
  const selector = '[aria-invalid="true"], [data-problem]';
  within.querySelector<HTMLElement>(selector)?.focus();
}

// Messages for missing values, for which the generated validators have none.
const CUSTOM_MESSAGES: Record<string, string> = {
  invalid_type: 'validation.fillIn',
  invalid_value: 'validation.chooseOne',
};
z.config({ customError: ({ code }) => CUSTOM_MESSAGES[code ?? ''] });

/**
 * Leaves out empty values.
 * @param names of the fields that may be left out; all by default
 */
const withoutEmpty = (
  values: Record<string, unknown>,
  names: readonly string[] = Object.keys(values),
) =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value !== '' || !names.includes(name),
    ),
  );

/**
 * Checks a form against the generated validator of its input, so that a rule is written once, in
 * `schema.graphql`. An empty field is an empty string in a form, and missing for the API: a required
 * field must not be empty.
 * @param schema from `generated/validators`
 * @param optional fields that are left out while they are empty
 */
function validateInput(
  schema: z.ZodType,
  optional: readonly string[],
): (values: Record<string, unknown>) => Record<string, React.ReactNode> {
  const resolve = schemaResolver(schema, { sync: true });
  return (values) => {
    const problems = {
      ...resolve(withoutEmpty(values, optional)),
      ...resolve(withoutEmpty(values)),
    };
    return Object.fromEntries(
      Object.entries(problems).map(([name, message]) => [
        name,
        typeof message === 'string' ? problemText(message) : message,
      ]),
    );
  };
}
