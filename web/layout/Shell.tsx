import {
  Button,
  Container,
  Group,
  Skeleton,
  UnstyledButton,
  Loader,
  Text,
  ActionIcon,
} from '@mantine/core';
import {
  IconArrowsExchange,
  IconHome,
  IconMapPin,
  IconTool,
  IconToolsKitchen2,
  IconUserCircle,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { Suspense, useRef, useEffect } from 'react';
import type { MouseEvent } from 'react';
import {
  Link,
  Outlet,
  ScrollRestoration,
  matchPath,
  useLocation,
} from 'react-router';
import { useApolloClient } from '@apollo/client/react';
import { graphql } from '../apollo/graphql';
import { LanguageSelect } from '../languages/LanguageSelect';
import { changeLanguage } from '../languages/load';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { BackButton } from './BackButton';
import { Logo } from './Logo';
import { useSession } from '../session/session';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';
import { useConnection } from '../session/connection';
import { useColorSchemeSwitch } from './useColorSchemeSwitch';
import { lazyPart } from '../ui/lazyPart';
import styles from './Shell.module.css';

/** The header controls, whose code visitors do not need. */
const HeaderTools = lazyPart(
  async () => (await import('./HeaderTools')).HeaderTools,
);

/** Layout around every page: header, navigation and main content. */
export function Shell() {
  const { status } = useSession();
  const main = useRef<HTMLElement>(null);

  // The default action would put #main into the URL, which the router would treat as a page.
  const skipToPage = (event: MouseEvent) => {
    event.preventDefault();
    main.current?.focus();
  };

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skipLink} onClick={skipToPage}>
        {t('layout.skip')}
      </a>
      <header className={styles.header}>
        <Container size="lg">
          <Group h={64} justify="space-between" wrap="nowrap" gap="sm">
            <BackButton />
            <UnstyledButton
              component={Link}
              to={paths.home}
              className={styles.homeLink}
              aria-label={t('layout.homeLink')}
            >
              <Logo />
            </UnstyledButton>
            {status === 'loggedIn' && (
              <nav className={styles.topPlaces} aria-label={t('layout.pages')}>
                <Places />
              </nav>
            )}
            <Group className={styles.headerTools} gap={6} wrap="nowrap">
              {status === 'loggedIn' ? (
                <Suspense fallback={<Skeleton circle height={44} />}>
                  <HeaderTools />
                </Suspense>
              ) : (
                <ColorSchemeSwitch />
              )}
              {status === 'visitor' && (
                <Button
                  component={Link}
                  to={paths.login}
                  variant="light"
                  px="md"
                >
                  {t('layout.logIn')}
                </Button>
              )}
            </Group>
          </Group>
        </Container>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      {status === 'visitor' && (
        <Container component="footer" size="lg" pb="lg">
          <LanguageSelect
            // It stays as it is if the texts cannot be fetched.
            onChoose={(language) =>
              void changeLanguage(language).catch(() => undefined)
            }
          />
        </Container>
      )}
      <div className={styles.bottom}>
        <ConnectionBanner />
        {status === 'loggedIn' && (
          <nav className={styles.bottomPlaces} aria-label={t('layout.pages')}>
            <Places />
          </nav>
        )}
      </div>
      <ScrollRestoration />
    </div>
  );
}

type Place = { to: string; label: PlaceName; Icon: Icon };

type PlaceName =
  | 'layout.home'
  | 'layout.things'
  | 'layout.recipes'
  | 'layout.neighborhoods'
  | 'layout.loans'
  | 'layout.you';

/** Places in the navigation, with the pages that belong to them. */
const SECTIONS: Partial<Record<PlaceName, readonly string[]>> = {
  'layout.things': ['/n/:id/items/*', '/items/*', '/people/*'],
  'layout.recipes': ['/n/:id/recipes/*', '/recipes/*'],
  'layout.neighborhoods': ['/neighborhoods/*'],
  'layout.loans': ['/loans/*'],
  'layout.you': ['/profile/*', '/account', '/my-things'],
};

/** Returns the place that a page belongs to; undefined if it belongs to none. */
function sectionOf(pathname: string): string | undefined {
  const [section] =
    Object.entries(SECTIONS).find(([, pages]) =>
      pages.some((page) => matchPath(page, pathname)),
    ) ?? [];
  return section;
}

function Places() {
  const { current, loading } = useNeighborhoods();
  const { pathname } = useLocation();
  const section = sectionOf(pathname);
  const shared: Place[] = [
    {
      to: current ? paths.items(current.id) : paths.neighborhoods,
      label: 'layout.things',
      Icon: IconTool,
    },
    {
      to: current ? paths.recipes(current.id) : paths.neighborhoods,
      label: 'layout.recipes',
      Icon: IconToolsKitchen2,
    },
  ];
  const toJoin: Place[] = [
    {
      to: paths.neighborhoods,
      label: 'layout.neighborhoods',
      Icon: IconMapPin,
    },
  ];
  const places: Place[] = [
    { to: paths.home, label: 'layout.home', Icon: IconHome },
    ...(current || loading ? shared : toJoin),
    { to: paths.loans, label: 'layout.loans', Icon: IconArrowsExchange },
    { to: paths.profile, label: 'layout.you', Icon: IconUserCircle },
  ];
  return places.map(({ to, label, Icon }) => (
    <Link
      key={label}
      to={to}
      className={styles.place}
      aria-current={
        pathname === to ? 'page' : label === section ? 'true' : undefined
      }
    >
      <Icon size={22} stroke={1.7} aria-hidden="true" />
      <span className={styles.placeName}>{t(label)}</span>
    </Link>
  ));
}

const PING = graphql(`
  query Ping {
    __typename
  }
`);

/**
 * Shows that the server is unavailable, and disappears once it is back. Its query only tests whether
 * the server responds.
 */
function ConnectionBanner() {
  const connection = useConnection();
  const client = useApolloClient();

  useEffect(() => {
    if (connection === 'fine') return;
    // Queries are retried until the server answers, which ends the banner. This one is needed
    // because the page itself may have no query in flight.
    const asking = client
      .watchQuery({
        query: PING,
        fetchPolicy: 'network-only',
        context: { anonymous: true },
      })
      .subscribe({ error: () => undefined });
    return () => asking.unsubscribe();
  }, [connection, client]);

  return (
    <div role="status">
      {connection === 'away' && (
        <Group
          className={styles.banner}
          data-connection="away"
          gap="sm"
          justify="center"
          wrap="nowrap"
        >
          <Loader size={16} color="currentColor" aria-hidden="true" />
          <Text size="sm" fw={600}>
            {t('layout.away')}
          </Text>
        </Group>
      )}
    </div>
  );
}

/** Switches between light and dark for visitors; users have it in the account menu. */
function ColorSchemeSwitch() {
  const { other, label, turn } = useColorSchemeSwitch();
  const Icon = other === 'dark' ? IconMoon : IconSun;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      size={44}
      radius="xl"
      aria-label={label}
      onClick={turn}
    >
      <Icon size={22} stroke={1.7} aria-hidden="true" />
    </ActionIcon>
  );
}
