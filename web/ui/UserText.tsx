import type { TextProps } from '@mantine/core';
import { Text } from '@mantine/core';
import { Suspense } from 'react';
import { lazyPart } from './lazyPart';

/** A text that may contain a link; only such a text needs the code that finds links. */
const MAY_HAVE_LINK = /https?:\/\/|www\./i;

const LinkedText = lazyPart(
  async () => (await import('./LinkedText')).LinkedText,
);

/** Text that a person has written: each paragraph has its own direction, and links can be clicked. */
export function UserText({
  children,
  component = 'p',
  className = '',
  ...props
}: {
  children: string;
  component?: 'p' | 'div' | 'span' | 'blockquote';
} & TextProps) {
  return (
    <Text
      component={component}
      dir="auto"
      className={`user-text ${className}`}
      {...props}
    >
      {MAY_HAVE_LINK.test(children) ? (
        <Suspense fallback={children}>
          <LinkedText text={children} />
        </Suspense>
      ) : (
        children
      )}
    </Text>
  );
}
