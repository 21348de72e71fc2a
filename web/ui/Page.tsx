import { Box, Container, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import styles from './Page.module.css';
import { renderIsolates, withoutIsolates } from '../languages/isolate';

/** Props of every page. */
export type PageProps = {
  /** The main heading, and the title of the tab. */
  title: string;
  /** A sentence below the heading. */
  lead?: ReactNode;
  /** Beside the heading, or below it on a phone. */
  actions?: ReactNode;
  /** Maximum width of the text. */
  size?: 'xs' | 'sm' | 'md' | 'lg';
  /** Whether the heading and the actions appear on paper. */
  printsHeading?: boolean;
  children: ReactNode;
};

/**
 * A page with its heading. After navigation the heading gets the focus, so that a screen reader
 * announces the page and Tab continues from there.
 */
export function Page({
  title,
  lead,
  actions,
  size = 'md',
  printsHeading = true,
  children,
}: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivedAt = useRef<string>(null);
  const { key, pathname } = useLocation();

  useEffect(() => {
    // A change of the query string is a filter of the same page.
    const isSamePage = pathname === arrivedAt.current;
    arrivedAt.current = pathname;
    const isFirstPage = key === 'default';
    if (!isFirstPage && !isSamePage)
      heading.current?.focus({ preventScroll: true });
  }, [key, pathname]);

  return (
    <Container size={size} py={{ base: 'lg', sm: 'xl' }}>
      <PageTitle>{title}</PageTitle>
      <Group
        justify="space-between"
        align="flex-start"
        mb="lg"
        gap="md"
        className={printsHeading ? undefined : 'no-print'}
      >
        <Box flex="1 1 16rem" miw={0}>
          <Title
            order={1}
            ref={heading}
            tabIndex={-1}
            dir="auto"
            className={styles.heading}
          >
            {renderIsolates(title)}
          </Title>
          {lead != null && (
            <Text component="div" c="dimmed" mt={6} className="wrap-anywhere">
              {renderIsolates(lead)}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Container>
  );
}

/** Names the tab after the page. */
export function PageTitle({ children }: { children: string }) {
  useEffect(() => {
    document.title = `${withoutIsolates(children)} · NeighborShare`;
  }, [children]);
  return null;
}
