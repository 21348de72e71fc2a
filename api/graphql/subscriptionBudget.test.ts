import { addSubscription } from './subscriptionBudget';

describe('the budget of subscriptions', () => {
  const socket = (...ids: string[]) => ({
    running: Object.fromEntries(ids.map((id) => [id, null])),
    costs: new Map<string, number>(),
  });

  it('a subscription may cost a hundred', () => {
    const own = socket('1', '2');

    expect(addSubscription(own, [], '1', 100)).toBeNull();
    expect(addSubscription(own, [], '2', 101)?.message).toContain(
      'its cost is 101, and may be 100 at most',
    );
  });

  it('the subscriptions of a person may cost a thousand together, on all sockets', () => {
    const ids = ['1', '2', '3', '4', '5'];
    const [first, second] = [socket(...ids), socket(...ids, '6')];
    for (const id of ids) {
      expect(addSubscription(first, [second], id, 100)).toBeNull();
      expect(addSubscription(second, [first], id, 100)).toBeNull();
    }

    expect(addSubscription(second, [first], '6', 1)?.message).toContain(
      'is 1001, and may be 1000 at most',
    );
    expect(addSubscription(socket('1'), [], '1', 100)).toBeNull();
  });

  it('a subscription that has ended costs nothing', () => {
    const ended = socket();
    for (let id = 1; id <= 10; id++) ended.costs.set(String(id), 100);

    expect(addSubscription(socket('1'), [ended], '1', 100)).toBeNull();
    expect(ended.costs.size).toBe(0);
  });
});
