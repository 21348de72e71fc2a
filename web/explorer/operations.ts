const documents = import.meta.glob<string>('../../docs/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/**
 * Returns a ready operation of docs/operations.
 * @param name of its file, without the ending
 * @throws Error where there is none
 */
export function readyOperation(name: string): string {
  const text = documents[`../../docs/operations/${name}.graphql`];
  if (text === undefined) throw new Error(`There is no operation ${name}`);
  return text.trimEnd();
}
