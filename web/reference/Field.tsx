import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputField,
  GraphQLSchema,
  GraphQLType,
} from 'graphql';
import { getNamedType, isSpecifiedScalarType } from 'graphql';
import type { Operation } from './exampleOperation';
import { Inline, Markdown } from './Markdown';
import type { Fact } from './rules';
import { fieldFacts, inputFacts } from './rules';

type FieldProps = {
  schema: GraphQLSchema;
  /** Name of the type that has the field. */
  owner: string;
  field: GraphQLField<unknown, unknown>;
  /** Operation that calls the field, for one of a root type. */
  example?: Operation;
};

/** Describes a field of a type, with its arguments and rules. */
export function Field({ schema, owner, field, example }: FieldProps) {
  const anchor = `${owner}.${field.name}`;
  // A root field is below the heading of its part, and any other below that of its type.
  const Heading = example ? 'h3' : 'h4';
  const Subheading = example ? 'h4' : 'h5';
  return (
    <section id={anchor} data-entry={anchor}>
      <Heading className="field">
        <a href={`#${anchor}`}>{field.name}</a>
        <span className="colon">: </span>
        <TypeName type={field.type} />
      </Heading>
      <Deprecation schema={schema} reason={field.deprecationReason} />
      <Markdown schema={schema} text={field.description ?? ''} />
      <Facts schema={schema} facts={fieldFacts(schema, field)} />
      {field.args.length > 0 && (
        <>
          <Subheading className="arguments">Arguments</Subheading>
          <Inputs schema={schema} inputs={field.args} />
        </>
      )}
      {example && <Example operation={example} summary="Example" />}
    </section>
  );
}

type InputsProps = {
  schema: GraphQLSchema;
  inputs: readonly (GraphQLArgument | GraphQLInputField)[];
  /** Name of the input type; absent for arguments, which have no anchors. */
  owner?: string;
};

/** Describes arguments or the fields of an input. */
export function Inputs({ schema, inputs, owner }: InputsProps) {
  return (
    <dl className="inputs">
      {inputs.map((input) => {
        const anchor =
          owner === undefined ? undefined : `${owner}.${input.name}`;
        return (
          <div key={input.name} id={anchor} data-entry={anchor}>
            <dt>
              <code>{input.name}</code>
              <span className="colon">: </span>
              <TypeName type={input.type} />
            </dt>
            <dd>
              <Deprecation schema={schema} reason={input.deprecationReason} />
              <Markdown schema={schema} text={input.description ?? ''} />
              <Facts schema={schema} facts={inputFacts(schema, input)} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Says that something is deprecated and why; nothing without a reason. */
export function Deprecation({
  schema,
  reason,
}: {
  schema: GraphQLSchema;
  reason: string | null | undefined;
}) {
  return reason == null ? null : (
    <p className="deprecated">
      <strong>Deprecated.</strong> <Inline schema={schema} text={reason} />
    </p>
  );
}

function Facts({ schema, facts }: { schema: GraphQLSchema; facts: Fact[] }) {
  return facts.length === 0 ? null : (
    <dl className="facts">
      {facts.map(({ term, text }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            <Inline schema={schema} text={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Shows an operation, folded, with a link that opens it in the explorer. */
export function Example({
  operation: { title, query, variables },
  summary,
}: {
  operation: Operation;
  summary: string;
}) {
  // In the fragment, which is not sent to the server.
  const fragment = new URLSearchParams({
    query,
    ...(variables !== '' && { variables }),
  }).toString();
  return (
    <details className="example">
      <summary>{summary}</summary>
      <pre tabIndex={0} aria-label={`Operation: ${title}`}>
        <code>{query}</code>
      </pre>
      {variables !== '' && (
        <pre tabIndex={0} aria-label={`Variables: ${title}`}>
          <code>{variables}</code>
        </pre>
      )}
      <a href={`/graphql#${fragment}`}>
        Open in the explorer<span className="hidden"> {title}</span>
      </a>
    </details>
  );
}

/** Shows a type as `[Item!]!`, with a link to its description. */
function TypeName({ type }: { type: GraphQLType }) {
  const { name } = getNamedType(type);
  const [before = '', after = ''] = String(type).split(name);
  const isBuiltIn = isSpecifiedScalarType(getNamedType(type));
  return (
    <code className="type">
      {before}
      {isBuiltIn ? name : <a href={`#${name}`}>{name}</a>}
      {after}
    </code>
  );
}
