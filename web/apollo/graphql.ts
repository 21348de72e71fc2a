import type { DocumentNode } from '@apollo/client';
import { gql } from '@apollo/client';
import type { Documents } from '../generated/types';

/** `Text` up to the first `End`, or all of it. */
type UpTo<
  Text extends string,
  End extends string,
> = Text extends `${infer Start}${End}${string}` ? Start : Text;

type TrimStart<Text extends string> = Text extends `${' ' | '\n'}${infer Rest}`
  ? TrimStart<Rest>
  : Text;

/** The name of the operation or fragment that `Text` declares. */
type NameIn<Text extends string> =
  TrimStart<Text> extends `${string} ${infer Rest}`
    ? UpTo<UpTo<Rest, ' '>, '('>
    : never;

/** The generated type of the document in `Text`; `unknown` before codegen has run. */
type DocumentIn<Text extends string> =
  NameIn<Text> extends keyof Documents ? Documents[NameIn<Text>] : unknown;

/**
 * Parses one operation or fragment. The result and the variables are typed: codegen
 * finds the document where it is written, and its types are looked up by its name.
 *
 * `fragments` are the fragments that `text` spreads. They are an argument of their own
 * because TypeScript cannot see into the text of a tagged template.
 */
export function graphql<const Text extends string>(
  text: Text,
  fragments: readonly DocumentNode[] = [],
): DocumentIn<Text> {
  const parts = [text, ...fragments.map(() => '')];
  return gql(parts, ...fragments);
}
