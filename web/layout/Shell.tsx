import {
  Button,
  Container,
  Group,
  Skeleton,
  UnstyledButton,
} from '@mantine/core';
import {
  IconArrowsExchange,
  IconHome,
  IconMapPin,
  IconTool,
  IconToolsKitchen2,
  IconUserCircle,
} from '@tabler/icons-react';
import { Suspense, lazy, useRef } from 'react';
import type { MouseEvent } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';
import { paths } from '../paths';
import { useSession } from '../session/session';
import { AwayBanner } from './AwayBanner';
import { ColorSchemeSwitch } from './ColorSchemeSwitch';
import { Logo } from './Logo';
import { useNeighborhoods } from '../neighborhoods/useNeighborhoods';

/** Fetched when somebody turns out to be logged in: visitors have no use for it. */
export const fetchHeaderTools = () => import('./HeaderTools');

const HeaderTools = lazy(async () => ({
  default: (await fetchHeaderTools()).HeaderTools,
}));

/** What is around every page: the way to the others, and to the account. */
export function Shell() {
  const { status } = useSession();
  const main = useRef<HTMLElement>(null);

  // The link's own way would put #main into the address, and the router would take that for a page.
  const skipToPage = (event: MouseEvent) => {
    event.preventDefault();
    main.current?.focus();
  };

  return (
    <div className="shell">
      <a href="#main" className="skip-link" onClick={skipToPage}>
        Skip to the page
      </a>
      <header className="shell-header">
        <Container size="lg">
          <Group h={64} justify="space-between" wrap="nowrap" gap="sm">
            <UnstyledButton
              component={Link}
              to={paths.home}
              className="home-link"
              aria-label="NeighborShare, home"
            >
              <Logo />
            </UnstyledButton>
            {status === 'loggedIn' && (
              <nav className="places-top" aria-label="Pages">
                <Places />
              </nav>
            )}
            <Group className="header-tools" gap={6} wrap="nowrap">
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
      <AwayBanner />
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      {status === 'loggedIn' && (
        <nav className="places-bottom" aria-label="Pages">
          <Places />
        </nav>
      )}
      <ScrollRestoration />
    </div>
  );
}

function Places() {
  const { current, loading } = useNeighborhoods();
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
    <NavLink key={label} to={to} end className="place">
      <Icon size={22} stroke={1.7} aria-hidden="true" />
      {label}
    </NavLink>
  ));
}
