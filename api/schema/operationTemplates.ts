/** Kinds of operations. */
export const KINDS = ['query', 'mutation', 'subscription'] as const;

/** An operation to be added. */
export type NewOperation = {
  /** Name of its root field, in camel case. */
  name: string;
  kind: (typeof KINDS)[number];
  /** Folder of api/ in which it is resolved. */
  concept: string;
};

/** Returns a name with a capital: that of a root field's types and of its document. */
export const pascalCase = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1);

/** Returns the name of an id in inputs: that of what the concept is about, as `itemId`. */
const idName = ({ concept }: NewOperation): string =>
  `${concept.replace(/(?<!s)s$/, '')}Id`;

/** Writes the root field. */
export function schemaField({ name, kind }: NewOperation): string {
  const type = pascalCase(name);
  if (kind === 'query')
    return `
  "TODO: what it returns, and to whom. Needs a login."
  ${name}("TODO: the id of what." id: ID!): String @requireUser
`;
  if (kind === 'subscription')
    return `
  "TODO: which events, and for whom. Needs a login."
  ${name}: String! @requireUser
`;
  return `
  "TODO: what it does, and for whom. Needs a login."
  ${name}("TODO: what it takes." input: ${type}Input!): ${type}Payload
    @requireUser
    @errors(codes: [NOT_FOUND])
    @cost(weight: "10")
    @rateLimit(times: 60, minutes: 60)
`;
}

/** Writes the types of a mutation; nothing for other kinds. */
export function schemaTypes(operation: NewOperation): string {
  const { name, kind } = operation;
  const type = pascalCase(name);
  return kind === 'mutation'
    ? `
"TODO: what \`${name}\` needs."
input ${type}Input {
  "TODO: the id of what."
  ${idName(operation)}: ID!
}

"The result of \`${name}\`."
type ${type}Payload {
  "Why nothing was stored; empty on success."
  errors: [UserError!]!
}
`
    : '';
}

/** Writes the resolver, which fails until it is written. */
export const resolver = ({ name, kind }: NewOperation): string =>
  kind === 'subscription'
    ? `    ${name}: { subscribe: notWritten },\n`
    : `    ${name}: notWritten,\n`;

/** Import of the file with resolvers. */
export const RESOLVER_IMPORT = "import { notWritten } from '../notWritten';\n";

/** Writes the text of the operation. @param errors selection of a mistake of the user */
function documentText(
  { name, kind }: NewOperation,
  indent: string,
  errors: string,
): string {
  const type = pascalCase(name);
  const lines = {
    query: [`query ${type}($id: ID!) {`, `  ${name}(id: $id)`, '}'],
    mutation: [
      `mutation ${type}($input: ${type}Input!) {`,
      `  ${name}(input: $input) {`,
      '    errors {',
      `      ${errors}`,
      '    }',
      '  }',
      '}',
    ],
    subscription: [`subscription ${type} {`, `  ${name}`, '}'],
  };
  return lines[kind].map((line) => indent + line).join('\n');
}

/** Writes the document of the web app. */
export function webDocument(operation: NewOperation): string {
  const constant = operation.name.replace(/[A-Z]/g, '_$&').toUpperCase();
  const comment =
    '/** TODO: say what for. Move it into the component that uses it. */';
  const imports = "import { graphql } from '../apollo/graphql';";
  if (operation.kind !== 'mutation')
    return `${imports}

${comment}
export const ${constant} = graphql(\`
${documentText(operation, '  ', '')}
\`);
`;
  return `${imports}
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';

${comment}
export const ${constant} = graphql(
  \`
${documentText(operation, '    ', '...UserErrorFields @unmask')}
  \`,
  [USER_ERROR_FIELDS],
);
`;
}

/** Writes the test, which fails until the resolver is written. */
export function apiTest(operation: NewOperation): string {
  return operation.kind === 'subscription'
    ? subscriptionTest(operation)
    : requestTest(operation);
}

function requestTest(operation: NewOperation): string {
  const { name, kind } = operation;
  const type = pascalCase(name);
  const result = type + pascalCase(kind);
  const id = "'00000000-0000-7000-8000-000000000000'";
  const variables =
    kind === 'query' ? `id: ${id}` : `input: { ${idName(operation)}: ${id} }`;
  return `import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  ${result},
  ${result}Variables,
} from '../generated/operations';
import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { testApp } from '../testing/testApp';

const ${type}: TypedDocumentNode<
  ${result},
  ${result}Variables
> = gql\`
${documentText(operation, '  ', 'code')}
\`;

describe.each(DATABASES)('${name} (%s)', (database) => {
  // TODO: say what it does, and for whom. It fails until the resolver is written.
  it('${name} is written', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');

    const { errors } = await api.as(ana).run(${type}, {
      ${variables},
    });

    expect(errors).toBeUndefined();
  });
});
`;
}

function subscriptionTest({ name }: NewOperation): string {
  return `import { buildPerson } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { listen, openLine, subscribeMessage, until } from '../testing/live';
import { testApp } from '../testing/testApp';

describe.each(DATABASES)('${name} (%s)', (database) => {
  // TODO: say which events arrive, and for whom. It fails until the resolver is written.
  it('${name} is written', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const line = await openLine(url, ana.accessToken);

    line.say(subscribeMessage('one', 'subscription { ${name} }'));
    // TODO: cause an event.
    await until(() => line.messages.length > 1);

    expect(line.messages[1]).toMatchObject({
      type: 'next',
      payload: { data: { ${name}: expect.anything() as unknown } },
    });
  });
});
`;
}

/** Writes the row of docs/api.md. */
export const docsRow = ({ name, kind }: NewOperation): string =>
  ({
    query: `| \`${name}(id)\` | TODO | TODO |`,
    mutation: `| \`${name}\` | TODO |`,
    subscription: `| \`${name}\` | TODO | TODO |`,
  })[kind];
