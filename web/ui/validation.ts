import { schemaResolver } from '@mantine/form';
import * as z from 'zod';

// The generated validators name a sentence for every rule but these: nothing is there at all.
const SENTENCES: Record<string, string> = {
  invalid_type: 'Please fill this in',
  invalid_value: 'Please choose one',
};
z.config({ customError: ({ code }) => SENTENCES[code ?? ''] });

const withoutEmpty = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== ''),
  );

/**
 * Checks a form against the generated validator of its input, so that a rule is
 * written once, in `schema.graphql`. To a form an empty field is an empty string,
 * to the API it is nothing: a field that the API needs must not be left empty.
 * @param schema from `generated/validators`
 */
export function validateInput(
  schema: z.ZodType,
): (values: Record<string, unknown>) => Record<string, React.ReactNode> {
  const resolve = schemaResolver(schema, { sync: true });
  return (values) => ({
    ...resolve(values),
    ...resolve(withoutEmpty(values)),
  });
}
