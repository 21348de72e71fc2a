import { useMutation, useQuery } from '@apollo/client/react';
import { Menu, Skeleton, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBell,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
  IconTool,
  IconUserCircle,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { PERSON_AVATAR, PersonAvatar } from '../users/PersonAvatar';
import { withoutIsolates } from '../languages/isolate';
import { toastProblem } from '../ui/toast';
import { runAction } from '../ui/useAction';
import { InstallItem, InstallSteps } from '../pwa/InstallApp';
import { useColorSchemeSwitch } from './useColorSchemeSwitch';
import { useAccountLanguage } from '../account/useAccountLanguage';
import { useLogoutRedirect } from '../account/useLogoutRedirect';
import styles from './AccountMenu.module.css';

const ACCOUNT_MENU = graphql(
  `
    query AccountMenu {
      me {
        id
        name
        username
        language
        ...PersonAvatar_user
      }
    }
  `,
  [PERSON_AVATAR],
);

const LOGOUT = graphql(`
  mutation Logout {
    logout {
      loggedOut
    }
  }
`);

/**
 * Account menu: profile, settings and logout. It is on every page, so it has its own
 * query instead of a fragment in the query of each page.
 */
export function AccountMenu() {
  const leave = useLogoutRedirect();
  const { other, label, turn } = useColorSchemeSwitch();
  const { data, error } = useQuery(ACCOUNT_MENU);
  useAccountLanguage(data?.me.language);
  const [showsSteps, steps] = useDisclosure();
  const [logout, { loading }] = useMutation(LOGOUT, {
    fetchPolicy: 'no-cache',
  });

  const logOut = async () => {
    const isLoggedOut = await runAction(
      async () => void (await logout()),
      // The session is still active, and the message must say so.
      (problem) => toastProblem(t('layout.stillLoggedIn', { problem })),
    );
    if (!isLoggedOut) return;
    await leave('loggedOut');
  };

  // Logging out must work even if the query fails.
  if (!data && !error) return <Skeleton circle height={44} />;
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false}>
        <Menu.Target>
          <UnstyledButton
            className={styles.button}
            aria-label={
              data
                ? withoutIsolates(t('layout.accountOf', { name: data.me.name }))
                : t('layout.yourAccount')
            }
          >
            {data ? (
              <PersonAvatar user={data.me} />
            ) : (
              <IconUserCircle size={26} />
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown maw="calc(100vw - 2rem)">
          <Menu.Item
            component={Link}
            to={paths.profile}
            leftSection={<IconUserCircle size={18} />}
          >
            {t('layout.profile')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={paths.myItems}
            leftSection={<IconTool size={18} />}
          >
            {t('layout.myThings')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={paths.account}
            leftSection={<IconSettings size={18} />}
          >
            {t('layout.account')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={paths.reach}
            leftSection={<IconBell size={18} />}
          >
            {t('layout.reach')}
          </Menu.Item>
          <Menu.Item
            leftSection={
              other === 'dark' ? <IconMoon size={18} /> : <IconSun size={18} />
            }
            onClick={turn}
          >
            {label}
          </Menu.Item>
          <InstallItem onShowSteps={steps.open} />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={18} className="mirrored" />}
            disabled={loading}
            onClick={() => void logOut()}
          >
            {t('layout.logOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <InstallSteps opened={showsSteps} onClose={steps.close} />
    </>
  );
}
