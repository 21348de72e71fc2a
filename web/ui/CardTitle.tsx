import type { TitleProps } from '@mantine/core';
import { Title } from '@mantine/core';
import { Link } from 'react-router';
import { useFocusOnMount } from './useFocusOnMount';

/** Title of a `link-card`. Its link covers the whole card. */
export function CardTitle({
  to,
  takesFocus,
  size = 'h4',
  lineClamp = 2,
  children,
}: {
  to: string;
  /** Takes the focus when it appears, where the focus would be lost otherwise. */
  takesFocus: boolean;
  children: string;
} & Pick<TitleProps, 'size' | 'lineClamp'>) {
  const link = useFocusOnMount<HTMLAnchorElement>(takesFocus);
  return (
    <Title
      order={2}
      size={size}
      lh={1.25}
      lineClamp={lineClamp}
      dir="auto"
      className="wrap-anywhere"
    >
      <Link ref={link} to={to} className="card-link">
        {children}
      </Link>
    </Title>
  );
}
