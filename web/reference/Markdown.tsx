import type { GraphQLSchema } from 'graphql';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { anchorOf } from './anchors';

/**
 * Renders a description: paragraphs, lists and inline code. Code that names a type or a field of the
 * schema links to it. Nothing in a description becomes HTML.
 */
export function Markdown({
  text,
  schema,
}: {
  text: string;
  schema: GraphQLSchema;
}) {
  return text.split(/\n\s*\n/).map((block, index) =>
    /^[-*] /.test(block) ? (
      <ul key={index}>
        {block.split(/\n(?=[-*] )/).map((entry) => (
          <li key={entry}>
            <Inline text={entry.slice(2)} schema={schema} />
          </li>
        ))}
      </ul>
    ) : (
      <p key={index}>
        <Inline text={block} schema={schema} />
      </p>
    ),
  );
}

/** Renders a text with inline code. */
export function Inline({
  text,
  schema,
}: {
  text: string;
  schema: GraphQLSchema;
}): ReactNode {
  // Every second part is between backticks.
  return text.split('`').map((part, index) => {
    if (index % 2 === 0) return <Fragment key={index}>{part}</Fragment>;
    const anchor = anchorOf(schema, part);
    const code = <code key={index}>{part}</code>;
    return anchor === null ? (
      code
    ) : (
      <a key={index} href={`#${anchor}`}>
        {code}
      </a>
    );
  });
}
