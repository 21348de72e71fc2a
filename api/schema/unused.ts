import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { PROJECT_ROOT } from '../config';
import { readContract, SCHEMA_FILE } from './contract';
import { readDefinitions } from './documents';
import { findUses } from './uses';

/**
 * Lists the fields that no document of the web app or of `docs/` selects: what to deprecate, or to show.
 * Tests of the API use fields as well, but nobody reads them there. Deprecated fields and what only they
 * lead to are left out.
 * @param root folder with a schema and documents
 * @returns texts as `schema.graphql:12 Item.createdAt`, in the order of the schema
 * @throws GraphQLError where the schema or a document cannot be parsed
 */
export function unusedFields(root: string): string[] {
  const { schema, elements } = readContract(SCHEMA_FILE, root);
  const definitions = readDefinitions(root).filter(
    ({ project }) => project !== 'api',
  );
  const uses = findUses(schema, definitions);
  return currentFields(schema)
    .filter((coordinate) => !uses.has(coordinate))
    .map((coordinate) => `${elements.get(coordinate)?.place} ${coordinate}`);
}

/** Lists the fields that clients can reach without a deprecated one, in the order of the schema. */
function currentFields(schema: GraphQLSchema): string[] {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const { type } of fieldsOf(schema, name))
      reach(getNamedType(type).name);
  };
  for (const root of ['Query', 'Mutation', 'Subscription']) reach(root);
  return Object.keys(schema.getTypeMap())
    .filter((name) => reached.has(name))
    .flatMap((type) =>
      fieldsOf(schema, type).map(({ name }) => `${type}.${name}`),
    );
}

/** The fields of an object type or interface that are not deprecated; none of another type. */
function fieldsOf(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name);
  return isObjectType(type) || isInterfaceType(type)
    ? Object.values(type.getFields()).filter(
        ({ deprecationReason }) => deprecationReason == null,
      )
    : [];
}

/** Prints the report. */
function main(): void {
  const unused = unusedFields(PROJECT_ROOT);
  const title = `Fields that no document uses: ${unused.length}`;
  process.stdout.write(`${[title, ...unused].join('\n')}\n`);
}

if (require.main === module) main();
