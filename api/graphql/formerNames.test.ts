import { DATABASES } from '../testing/databases';
import { buildLendingStreet } from '../testing/loans';

describe.each(DATABASES)('former names of mutations (%s)', (database) => {
  it.each([
    ['block', 'user { name }'],
    ['unblock', 'user { name }'],
    ['report', 'report { reportedUser { name } person { name } reason }'],
  ])('%sPerson does what %sUser does', async (verb, result) => {
    const { api, street, ana, ben } = await buildLendingStreet(database);
    const report = `neighborhoodId: "${street.id}", reason: "Spam"`;
    const call = async (name: string) => {
      const { data } = await api
        .as(ben)
        .run<{ answer: object }, object>(
          `mutation { answer: ${name}(input: { userId: "${ana.user.id}" ${verb === 'report' ? report : ''} }) { ${result} errors { code } } }`,
        );
      return data.answer;
    };
    if (verb === 'unblock') await call('blockUser');

    const former = await call(`${verb}Person`);

    expect(former).toMatchObject({ errors: [] });
    expect(JSON.stringify(former)).toContain('"ana"');
  });
});
