import crypto from 'node:crypto';
import { createSignatures } from './signatures';

const SECRET = '0123456789abcdefghijklmnopqrstuv';

describe('signatures', () => {
  it('signatures derive their keys once, so that each takes one hash', () => {
    const signatures = createSignatures([SECRET, SECRET.toUpperCase()]);
    const hashes = jest.spyOn(crypto, 'createHmac');

    const signed = [1, 2, 3].map((n) => signatures.sign('photo', `${n}`));

    expect(hashes).toHaveBeenCalledTimes(3);
    expect(new Set(signed).size).toBe(3);
  });

  it('signatures are valid for their purpose and text, also under an older secret', () => {
    const older = createSignatures([SECRET]);
    const signatures = createSignatures([SECRET.toUpperCase(), SECRET]);
    const signature = older.sign('photo', 'a');

    expect(signatures.verify('photo', 'a', signature)).toBe(true);
    expect(signatures.sign('photo', 'a')).not.toBe(signature);
    expect(signatures.verify('invite', 'a', signature)).toBe(false);
    expect(signatures.verify('photo', 'b', signature)).toBe(false);
    expect(signatures.verify('photo', 'a', '')).toBe(false);
  });
});
