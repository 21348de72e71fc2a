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

/** Operations that the explorer and Apollo Sandbox open with, and the variables that they need. */
export const FIRST_OPERATIONS: { query: string; variables?: string }[] = [
  ready('whoAmI'),
  ready('listTasks'),
  ready('listLoans'),
  ready('browseItems', { neighborhoodId: '<id of a neighborhood>' }),
  ready('askToBorrow', {
    input: {
      itemId: '<id of an item>',
      startDate: '<day, such as 2030-06-01>',
      dueDate: '<day>',
    },
  }),
  ready('listenForNotifications'),
];

function ready(name: string, variables?: object) {
  const query = readyOperation(name);
  return variables
    ? { query, variables: JSON.stringify(variables, null, 2) }
    : { query };
}
