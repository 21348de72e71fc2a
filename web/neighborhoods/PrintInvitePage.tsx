import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { create } from 'qrcode';
import { useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { paths } from '../paths';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { parseInviteCode } from './inviteCode';
import styles from './PrintInvitePage.module.css';

const INVITE_TO_PRINT = graphql(`
  query InviteToPrint($code: String!) {
    invite(code: $code) {
      neighborhoodName
      expiresAt
    }
  }
`);

const dayFormat = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

/** Page with an invite to print and hang up in the stairwell. */
export function PrintInvitePage() {
  const { id = '' } = useParams();
  const code = parseInviteCode(id) ?? id;
  const { data, error, refetch } = useQuery(INVITE_TO_PRINT, {
    variables: { code },
  });

  if (!data)
    return (
      <PagePending
        title="Invite to print"
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { invite } = data;
  if (!invite)
    return (
      <NotFoundMessage title="This invite no longer works">
        It has expired, was used up, or the link is not complete. Make a new one
        before you print it.
      </NotFoundMessage>
    );

  return (
    <Page
      title="Invite to print"
      lead="Hang it up in the stairwell or put it into letter boxes."
      actions={
        <Button
          leftSection={<IconPrinter size={18} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          Print
        </Button>
      }
      size="sm"
      printsHeading={false}
    >
      <Poster
        name={invite.neighborhoodName}
        link={`${window.location.origin}${paths.invite(code)}`}
        expiresAt={new Date(invite.expiresAt)}
      />
    </Page>
  );
}

/** The sheet: black on white, whatever the colors of the app. */
function Poster({
  name,
  link,
  expiresAt,
}: {
  name: string;
  link: string;
  expiresAt: Date;
}) {
  return (
    <section className={styles.poster} aria-label="The printed page">
      <h2 className={styles.name} dir="auto">
        {name}
      </h2>
      <p>
        Here neighbors lend each other things and share recipes. Scan the code
        and join us!
      </p>
      <QrCode text={link} />
      <p className={styles.link}>{link}</p>
      <p className={styles.end}>
        NeighborShare · works until {dayFormat.format(expiresAt)}
      </p>
    </section>
  );
}

/** Modules of white around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** Draws a text as a QR code. */
function QrCode({ text }: { text: string }) {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const squares = Array.from(data, (isDark, index) =>
    isDark ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z` : '',
  );
  const edge = size + 2 * QUIET_ZONE;
  return (
    <svg
      className={styles.code}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${edge} ${edge}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label="QR code of the invite link"
    >
      <path d={squares.join('')} fill="#000" />
    </svg>
  );
}
