import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import type { ReactNode } from 'react';
import { rootTypes } from './anchors';
import type { Operation } from './exampleOperation';
import { exampleOperation } from './exampleOperation';
import { Example, Field, Inputs } from './Field';
import { Inline, Markdown } from './Markdown';
import { Type } from './Type';

/** A top-level error, as in docs/api.md. Texts may have inline code. */
export type TopLevelError = { code: string; status: string; meaning: string };

/** Source of the reference: the schema, the ready operations and the table of top-level errors. */
export type Source = {
  schema: GraphQLSchema;
  operations: readonly Operation[];
  errors: readonly TopLevelError[];
};

/** A part of the page. Its names are also in the table of contents. */
export type Part = {
  id: string;
  title: string;
  entries: { anchor: string; name: string }[];
  content: ReactNode;
};

/** Returns the parts of the page that have entries, in their order. */
export const partsOf = (source: Source): Part[] =>
  [
    examplesPart(source),
    errorsPart(source),
    ...rootParts(source.schema),
    ...typeParts(source.schema),
    directivesPart(source.schema),
  ].filter(({ entries }) => entries.length > 0);

const examplesPart = ({ operations }: Source): Part => ({
  id: 'examples',
  title: 'Examples',
  entries: operations.map(({ title }, index) => ({
    anchor: `examples.${index + 1}`,
    name: title,
  })),
  content: operations.map((operation, index) => (
    <div
      key={operation.title}
      id={`examples.${index + 1}`}
      data-entry={operation.title}
    >
      <Example operation={operation} summary={operation.title} />
    </div>
  )),
});

const errorsPart = ({ schema, errors }: Source): Part => ({
  id: 'errors',
  title: 'Top-level errors',
  entries: errors.map(({ code }) => ({ anchor: `errors.${code}`, name: code })),
  content: (
    <>
      <Markdown
        schema={schema}
        text="Mistakes of a user are data, in `errors` of a payload (see `UserError`). All others are top-level errors, with one of these codes in `extensions.code`."
      />
      <dl className="inputs">
        {errors.map(({ code, status, meaning }) => (
          <div key={code} id={`errors.${code}`} data-entry={code}>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>
              <p>
                <Inline schema={schema} text={meaning} />
              </p>
              <p>
                HTTP: <Inline schema={schema} text={status} />
              </p>
            </dd>
          </div>
        ))}
      </dl>
    </>
  ),
});

const TITLES = {
  query: 'Queries',
  mutation: 'Mutations',
  subscription: 'Subscriptions',
} as const;

function rootParts(schema: GraphQLSchema): Part[] {
  return rootTypes(schema).map((type) => {
    const kind = type.name.toLowerCase() as keyof typeof TITLES;
    const fields = Object.values(type.getFields());
    return {
      id: type.name,
      title: TITLES[kind],
      entries: fields.map(({ name }) => ({
        anchor: `${type.name}.${name}`,
        name,
      })),
      content: (
        <>
          <Markdown schema={schema} text={type.description ?? ''} />
          {fields.map((field) => (
            <article key={field.name}>
              <Field
                schema={schema}
                owner={type.name}
                field={field}
                example={exampleOperation(schema, kind, field)}
              />
            </article>
          ))}
        </>
      ),
    };
  });
}

/** Kinds of types, each a part. */
const KINDS: [
  id: string,
  title: string,
  is: (type: GraphQLNamedType) => boolean,
][] = [
  ['objects', 'Objects', isObjectType],
  ['interfaces', 'Interfaces', isInterfaceType],
  ['unions', 'Unions', isUnionType],
  ['inputs', 'Inputs', isInputObjectType],
  ['enums', 'Enums', isEnumType],
  ['scalars', 'Scalars', isScalarType],
];

function typeParts(schema: GraphQLSchema): Part[] {
  const roots: GraphQLNamedType[] = rootTypes(schema);
  const types = Object.values(schema.getTypeMap()).filter(
    (type) =>
      !isIntrospectionType(type) &&
      !isSpecifiedScalarType(type) &&
      !roots.includes(type),
  );
  return KINDS.map(([id, title, is]) => {
    const those = types
      .filter(is)
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
    return {
      id,
      title,
      entries: those.map(({ name }) => ({ anchor: name, name })),
      content: those.map((type) => (
        <Type key={type.name} schema={schema} type={type} />
      )),
    };
  });
}

function directivesPart(schema: GraphQLSchema): Part {
  const directives = schema
    .getDirectives()
    .filter((each) => !isSpecifiedDirective(each));
  return {
    id: 'directives',
    title: 'Directives',
    entries: directives.map(({ name }) => ({
      anchor: `@${name}`,
      name: `@${name}`,
    })),
    content: directives.map(({ name, description, args, locations }) => (
      <article key={name} id={`@${name}`} data-entry={`@${name}`}>
        <h3>
          <a href={`#@${name}`}>@{name}</a>
        </h3>
        <Markdown schema={schema} text={description ?? ''} />
        <p>On: {locations.join(', ').toLowerCase().replaceAll('_', ' ')}.</p>
        <Inputs schema={schema} inputs={args} />
      </article>
    )),
  };
}
