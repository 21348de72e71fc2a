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
import { t } from '../languages/texts';
import { formatOf } from '../languages/formats';
import { renderIsolates } from '../languages/isolate';

const INVITE_TO_PRINT = graphql(`
  query InviteToPrint($code: String!) {
    invite(code: $code) {
      neighborhoodName
      expiresAt
    }
  }
`);

const formatEnd = (moment: Date) =>
  formatOf(
    'last day of an invite',
    (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'long' }),
  ).format(moment);

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
        title={t('neighborhoods.poster.title')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { invite } = data;
  if (!invite)
    return (
      <NotFoundMessage title={t('neighborhoods.invitation.gone.title')}>
        {t('neighborhoods.poster.gone')}
      </NotFoundMessage>
    );

  return (
    <Page
      title={t('neighborhoods.poster.title')}
      lead={t('neighborhoods.poster.lead')}
      actions={
        <Button
          leftSection={<IconPrinter size={18} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('neighborhoods.invites.print')}
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
    <section
      className={styles.poster}
      aria-label={t('neighborhoods.poster.label')}
    >
      <h2 className={styles.name} dir="auto">
        {name}
      </h2>
      <p>{t('neighborhoods.poster.text')}</p>
      <QrCode text={link} />
      <p className={styles.link} dir="ltr">
        {link}
      </p>
      <p className={styles.end}>
        {renderIsolates(
          t('neighborhoods.poster.until', { day: formatEnd(expiresAt) }),
        )}
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
      aria-label={t('neighborhoods.poster.code')}
    >
      <path d={squares.join('')} fill="#000" />
    </svg>
  );
}
