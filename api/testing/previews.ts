import { toPreviewCode } from '../neighborhoods/inviteCodes';
import { buildMapleStreet } from './buildNeighborhoods';
import type { DatabaseName } from './databases';
import { createInvite } from './invites';
import type { TestApi } from './testApp';

/** Origin of the web app. */
export const PUBLIC_URL = 'https://share.example.org';

/** Builds a neighborhood with an invite link of its steward Ana. */
export async function withInvite(
  database: DatabaseName = 'sqlite',
  { name = 'Elm Street', maxUses = 3 } = {},
) {
  const street = await buildMapleStreet(
    { database, publicUrl: PUBLIC_URL },
    { name, about: 'Behind the park.', joinPolicy: 'INVITE_ONLY' },
  );
  const { api, ana, maple } = street;
  const { invite } = await createInvite(api.as(ana), maple.id, { maxUses });
  const id = invite?.id ?? '';
  const picture = `/previews/${toPreviewCode(api.services.signatures, id)}.png`;
  return { ...street, id, code: invite?.code ?? '', picture };
}

/** Opens an address as a chat service does. */
export const open = (api: TestApi, url: string, headers = {}) =>
  api.http.inject({ url, headers: { accept: '*/*', ...headers } });
