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
import { paths } from '../paths';
import { BackButton } from './BackButton';
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
        Skip to the page
      </a>
      <header className={styles.header}>
        <Container size="lg">
          <Group h={64} justify="space-between" wrap="nowrap" gap="sm">
            <BackButton />
            <UnstyledButton
              component={Link}
              to={paths.home}
              className={styles.homeLink}
              aria-label="NeighborShare, home"
            >
              <Logo />
            </UnstyledButton>
            {status === 'loggedIn' && (
              <nav className={styles.topPlaces} aria-label="Pages">
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
                  Log in
                </Button>
              )}
            </Group>
          </Group>
        </Container>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <div className={styles.bottom}>
        <ConnectionBanner />
        {status === 'loggedIn' && (
          <nav className={styles.bottomPlaces} aria-label="Pages">
            <Places />
          </nav>
        )}
      </div>
      <ScrollRestoration />
    </div>
  );
}

/** Places in the navigation, with the pages that belong to them. */
const SECTIONS: Record<string, readonly string[]> = {
  Things: ['/n/:id/items/*', '/items/*', '/people/*'],
  Recipes: ['/n/:id/recipes/*', '/recipes/*'],
  Neighborhoods: ['/neighborhoods/*'],
  Loans: ['/loans/*'],
  You: ['/profile/*', '/account', '/my-things'],
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
  const shared = [
    {
      to: current ? paths.items(current.id) : paths.neighborhoods,
      label: 'Things',
      Icon: IconTool,
    },
    {
      to: current ? paths.recipes(current.id) : paths.neighborhoods,
      label: 'Recipes',
      Icon: IconToolsKitchen2,
    },
  ];
  const toJoin = [
    { to: paths.neighborhoods, label: 'Neighborhoods', Icon: IconMapPin },
  ];
  const places = [
    { to: paths.home, label: 'Home', Icon: IconHome },
    ...(current || loading ? shared : toJoin),
    { to: paths.loans, label: 'Loans', Icon: IconArrowsExchange },
    { to: paths.profile, label: 'You', Icon: IconUserCircle },
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
      <span className={styles.placeName}>{label}</span>
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
            We cannot reach NeighborShare. Trying again…
          </Text>
        </Group>
      )}
    </div>
  );
}

/** Switches between light and dark for visitors; users have it in the account menu. */
function ColorSchemeSwitch() {
  const { other, turn } = useColorSchemeSwitch();
  const Icon = other === 'dark' ? IconMoon : IconSun;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      size={44}
      radius="xl"
      aria-label={`Switch to ${other} colors`}
      onClick={turn}
    >
      <Icon size={22} stroke={1.7} aria-hidden="true" />
    </ActionIcon>
  );
}

/** Logo: a roof with a heart, and the name where there is space. */
function Logo() {
  return (
    <span className={styles.logo}>
      <svg width="34" height="34" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="#b04a28" />
        <path
          d="M6 16.5 16 8l10 8.5"
          fill="none"
          stroke="#fff6ea"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path
          d="M16 25.2c-4.6-2.7-6.4-5-6.4-7.2a3.2 3.2 0 0 1 6.4-1 3.2 3.2 0 0 1 6.4 1c0 2.200-1.800 4.500-6.400 7.200z"
          fill="#f6c667"
        />
      </svg>
      <Text
        component="span"
        className={styles.logoName}
        ff="heading"
        fw={700}
        c="bright"
      >
        Neighbor
        <Text component="span" inherit c="var(--mantine-color-anchor)">
          Share
        </Text>
      </Text>
    </span>
  );
}
