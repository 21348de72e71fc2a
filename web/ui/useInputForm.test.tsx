import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createSession, SessionContext } from '../session/session';
import { RequestExtensionInputSchema } from '../generated/validators';
import { useInputForm } from './useInputForm';

const schema = RequestExtensionInputSchema;
const send = () => Promise.resolve([]);
const ofPage = { loanId: '1' };
const ofFields = { newDueDate: '', note: '' };
const withoutNote = { ...ofPage, newDueDate: '' };
const withOther = { ...ofPage, ...ofFields, urgency: '' };
const withNumber = { ...ofPage, newDueDate: 7, note: '' };

/** Renders forms of an input. The compiler refuses the last three. */
function renderForms() {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SessionContext value={createSession()}>{children}</SessionContext>
  );
  const { result } = renderHook(
    () => [
      useInputForm({
        schema,
        initialValues: { ...ofPage, ...ofFields },
        send,
      }),
      useInputForm({
        schema: schema.omit({ loanId: true }),
        initialValues: ofFields,
        send,
      }),
      // @ts-expect-error: a field of the input has no value
      useInputForm({ schema, initialValues: withoutNote, send }),
      // @ts-expect-error: a value is of no field of the input
      useInputForm({ schema, initialValues: withOther, send }),
      // @ts-expect-error: a value is of another type than its field
      useInputForm({ schema, initialValues: withNumber, send }),
    ],
    { wrapper },
  );
  return result.current;
}

test('a form has a value for each field of its input, and the compiler refuses a missing or an unknown one', () => {
  const [whole, omitting] = renderForms();
  expect(whole?.form.getValues()).toEqual({ ...ofPage, ...ofFields });
  expect(omitting?.form.getValues()).toEqual(ofFields);
});
