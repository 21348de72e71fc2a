import { buildLoan, buildMessage, buildReport } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { buildLendingStreet } from '../testing/loans';
import { reportMessage, reportUser } from '../testing/reports';

describe.each(DATABASES)('limits of reports (%s)', (database) => {
  it('a user or a message can be reported once at a time', async () => {
    const { api, street, drill, ana, ben } = await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben);
    const message = await buildMessage(api, loan, ana);
    const aboutAna = () => reportUser(api, ben, ana.user.id, street.id);
    const aboutMessage = () => reportMessage(api, ben, message.id);

    expect((await aboutAna())?.errors).toEqual([]);
    expect((await aboutAna())?.errors).toEqual([
      { code: 'CONFLICT', field: ['userId'] },
    ]);
    expect((await aboutMessage())?.errors).toEqual([]);
    expect((await aboutMessage())?.errors).toEqual([
      { code: 'CONFLICT', field: ['messageId'] },
    ]);
  });

  it('a user with twenty open reports can report neither users nor messages', async () => {
    const { api, street, drill, sam, ana, ben } =
      await buildLendingStreet(database);
    const message = await buildMessage(
      api,
      await buildLoan(api, drill, ben),
      ana,
    );
    for (let count = 0; count < 20; count++)
      await buildReport(api, street, ben, sam);
    const limit = [{ code: 'LIMIT', field: null }];

    const aboutAna = await reportUser(api, ben, ana.user.id, street.id);
    const aboutMessage = await reportMessage(api, ben, message.id);

    expect(aboutAna?.errors).toEqual(limit);
    expect(aboutMessage?.errors).toEqual(limit);
  });
});
