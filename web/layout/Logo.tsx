import { Text } from '@mantine/core';
import styles from './Logo.module.css';

/** The two parts of the name, in colors of their own. */
const [START, END] = ['Neighbor', 'Share'];

/** Logo: a roof with a heart, and the name where there is space. */
export function Logo() {
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
        {START}
        <Text component="span" inherit c="var(--mantine-color-anchor)">
          {END}
        </Text>
      </Text>
    </span>
  );
}
