import { Menu, Text, UnstyledButton } from '@mantine/core';
import {
  IconChevronDown,
  IconHomePlus,
  IconMapPin,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, matchPath, useLocation, useNavigate } from 'react-router';
import { paths, patterns } from '../paths';
import { useNeighborhoods } from './useNeighborhoods';
import styles from './NeighborhoodSwitcher.module.css';
import { t } from '../languages/texts';
import { withoutIsolates } from '../languages/isolate';

/** Pages on which switching stays on the same page, for the other neighborhood. */
const SWITCHABLE_PAGES = ['neighborhood', 'items', 'recipes'] as const;

/** Shows the current neighborhood, with a menu of the others. */
export function NeighborhoodSwitcher() {
  const { active, current, choose, loading } = useNeighborhoods();
  const navigate = useNavigate();
  const { pathname } = useLocation();

  if (loading) return null;
  if (!current)
    return (
      <UnstyledButton
        component={Link}
        to={paths.neighborhoods}
        className={styles.switcher}
      >
        <IconMapPin size={20} stroke={1.7} aria-hidden="true" />
        <Text component="span" inherit truncate>
          {t('neighborhoods.switcher.find')}
        </Text>
      </UnstyledButton>
    );

  const switchTo = (id: string) => {
    choose(id);
    const page = SWITCHABLE_PAGES.find((name) =>
      matchPath(patterns[name], pathname),
    );
    void navigate(page ? paths[page](id) : paths.home);
  };

  return (
    // Inside the header, so that it belongs to a landmark of the page.
    <Menu position="bottom" width={260} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton
          className={styles.switcher}
          aria-label={withoutIsolates(
            t('neighborhoods.switcher.label', { name: current.name }),
          )}
        >
          <IconMapPin size={20} stroke={1.7} aria-hidden="true" />
          <Text component="span" inherit truncate dir="auto">
            {current.name}
          </Text>
          <IconChevronDown size={16} stroke={1.7} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {active.length > 1 && (
          <>
            {active.map(({ neighborhood: { id, name } }) => (
              <Menu.Item
                key={id}
                fw={id === current.id ? 700 : undefined}
                aria-current={id === current.id ? 'true' : undefined}
                onClick={() => switchTo(id)}
              >
                <Text component="span" inherit lineClamp={2} dir="auto">
                  {name}
                </Text>
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          component={Link}
          to={paths.neighborhood(current.id)}
          leftSection={<IconUsersGroup size={18} />}
        >
          {t('neighborhoods.switcher.members')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={paths.neighborhoods}
          leftSection={<IconHomePlus size={18} />}
        >
          {t('neighborhoods.switcher.another')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
