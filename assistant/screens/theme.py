"""The one calm theme: colours, type and spacing, light and dark, without any font or file from elsewhere."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
INK = gr.themes.Color(
    c50="#f1f5fa",
    c100="#e0e9f3",
    c200="#c3d4e7",
    c300="#99b5d3",
    c400="#6a8fb9",
    c500="#45709f",
    c600="#2f5985",
    c700="#254a70",
    c800="#1f3a5f",
    c900="#182d4a",
    c950="#0f1d31",
    name="ink",
)


def theme() -> gr.themes.Base:
    """Dark ink on paper; buttons and links dark enough for small text."""
    return gr.themes.Base(
        primary_hue=INK,
        secondary_hue=INK,
        neutral_hue="slate",
        font=FONTS,
        font_mono=("ui-monospace", "monospace"),
        radius_size="sm",
        spacing_size="sm",
        text_size="md",
    ).set(
        button_primary_background_fill="*primary_800",
        button_primary_background_fill_hover="*primary_700",
        button_primary_text_color="white",
        button_primary_background_fill_dark="*primary_300",
        button_primary_text_color_dark="*primary_950",
        button_primary_background_fill_hover_dark="*primary_200",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_200",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_300",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_300",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_200",
        button_cancel_background_fill="#8f1d14",
        button_cancel_text_color="white",
        button_cancel_background_fill_dark="#f3b8b3",
        button_cancel_text_color_dark="#3d0b07",
    )


def css() -> str:
    """The style sheet of the panels."""
    return (Path(__file__).parent / "desk.css").read_text("utf-8")
