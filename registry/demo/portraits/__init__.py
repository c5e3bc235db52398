"""Portraits for demo people: plainly drawn, so that nobody takes them for a photograph of somebody."""

from registry.demo.portraits.drawing import draw_portrait

__all__ = ["draw_portrait"]
