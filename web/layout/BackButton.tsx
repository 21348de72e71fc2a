import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { matchPath, useLocation, useNavigate } from 'react-router';
import { t } from '../languages/texts';
import { parentOf, paths, patterns } from '../paths';

/** Pages that the navigation leads to, so that no page is above them. */
const TOP_PAGES = [
  paths.home,
  paths.neighborhoods,
  paths.loans,
  paths.profile,
  patterns.items,
  patterns.recipes,
];

/** Leads back where the browser has no button for it: in the app on a home screen. */
export function BackButton() {
  const isInstalled = useMediaQuery('(display-mode: standalone)', false);
  const { key, pathname } = useLocation();
  const navigate = useNavigate();
  const isTopPage = TOP_PAGES.some((page) => matchPath(page, pathname));
  if (!isInstalled || isTopPage) return null;
  const isFirstPage = key === 'default';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      size={44}
      radius="xl"
      aria-label={t('layout.back')}
      onClick={() =>
        void (isFirstPage ? navigate(parentOf(pathname)) : navigate(-1))
      }
    >
      <IconArrowLeft
        className="mirrored"
        size={22}
        stroke={1.7}
        aria-hidden="true"
      />
    </ActionIcon>
  );
}
