import bcrypt from 'bcrypt';

/** Measures how many passwords per second bcrypt alone compares, one at a time. */
async function comparisonsPerSecond(
  cost: number,
  seconds: number,
): Promise<number> {
  const password = 'the same work as a login';
  const hash = await bcrypt.hash(password, cost);
  const began = performance.now();
  let count = 0;
  let passed = 0;
  while (passed < seconds) {
    await bcrypt.compare(password, hash);
    count += 1;
    passed = (performance.now() - began) / 1000;
  }
  return count / passed;
}

const [cost, seconds] = process.argv.slice(2).map(Number);
comparisonsPerSecond(cost ?? 12, seconds ?? 1).then(
  (rate) => process.stdout.write(JSON.stringify(rate)),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
