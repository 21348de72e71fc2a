/** A ready operation of docs/operations. */
export type ReadyOperation = {
  query: string;
  /** As JSON; absent where the operation has none. */
  variables?: string;
};

const documents = import.meta.glob<string>('../../docs/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('../../docs/operations/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The ready operations, sorted by the names of their files. */
export const operations: ReadyOperation[] = Object.entries(documents).map(
  ([file, query]) => ({
    query: query.trimEnd(),
    variables: variables[file.replace(/\.graphql$/, '.json')],
  }),
);
