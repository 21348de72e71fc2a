import type DataLoader from 'dataloader';
import type { Reads } from '../database/reads';
import { Unauthenticated } from '../errors';
import type { User } from './user.entity';
import { readUser } from './users.reads';

/** The parts of the context that `readViewer` needs. */
export type ViewerContext = {
  reads: Reads;
  viewer: { userId: string };
  loaders: Record<
    'reachable' | 'sessions',
    Pick<DataLoader<string, unknown>, 'clearAll'>
  >;
};

/**
 * Reads the viewer, and forgets what this request has read about them before. Mutations of the viewer
 * call it after their verb.
 * @throws Unauthenticated where the account has just been deleted, with its sessions
 */
export async function readViewer({
  reads,
  viewer,
  loaders,
}: ViewerContext): Promise<User> {
  loaders.reachable.clearAll();
  loaders.sessions.clearAll();
  const user = await readUser(reads, viewer.userId);
  if (!user) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
  return user;
}
