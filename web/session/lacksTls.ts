/**
 * Tells whether the server requires TLS, which it says by HSTS, and this page was opened without. The
 * browser would then drop the session cookie.
 */
export async function lacksTls(): Promise<boolean> {
  // TLS, or this machine.
  if (window.isSecureContext) return false;
  try {
    const { headers } = await fetch('/', { method: 'HEAD' });
    return headers.has('strict-transport-security');
  } catch {
    return false;
  }
}
