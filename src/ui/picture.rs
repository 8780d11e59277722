//! Charts in the browser: text measured on a canvas, pictures saved as SVG or
//! as PNG at twice the size.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use super::browser;
use super::components::button::{Button, Weight};
use super::context::use_app;
use crate::chart::measure::TextMeasure;
use crate::chart::svg::FONT_FAMILY;
use crate::chart::{ChartSize, FixedMetrics};

/// Pixels of the saved PNG for each pixel of the picture.
const PNG_SCALE: u32 = 2;

/// Measures text as the browser will draw it.
pub struct CanvasMeasure {
    context: Option<CanvasRenderingContext2d>,
}

impl CanvasMeasure {
    /// A canvas for measuring; where there is none, fixed metrics serve.
    pub fn new() -> Self {
        Self { context: canvas(1, 1).and_then(|canvas| context_of(&canvas)) }
    }
}

impl Default for CanvasMeasure {
    fn default() -> Self {
        Self::new()
    }
}

impl TextMeasure for CanvasMeasure {
    fn width(&self, text: &str, size_px: f64, bold: bool) -> f64 {
        let measured = self.context.as_ref().and_then(|context| {
            let weight = if bold { "700" } else { "400" };
            context.set_font(&format!("{weight} {size_px}px {FONT_FAMILY}"));
            context.measure_text(text).ok().map(|metrics| metrics.width())
        });
        measured.unwrap_or_else(|| FixedMetrics.width(text, size_px, bold))
    }
}

pub(super) fn canvas(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    Some(canvas)
}

pub(super) fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// A chart with the buttons that save it.
#[component]
pub fn Picture(#[prop(into)] svg: Signal<String>, size: ChartSize, #[prop(into)] name: String) -> impl IntoView {
    let app = use_app();
    let file = StoredValue::new(name.clone());
    let save_svg = move |()| {
        let name = format!("{}.svg", file.get_value());
        let handed = browser::download(&name, svg.get_untracked().as_bytes(), "image/svg+xml");
        handed.unwrap_or_else(|sentence| app.say(sentence));
    };
    let save_png = move |()| {
        let (name, text) = (format!("{}.png", file.get_value()), svg.get_untracked());
        spawn_local(async move {
            let drawn = rasterise(&text, size).await;
            let drawn = drawn.map_err(|_| "图片没有存成,请改存 SVG,或换一个浏览器再试。".to_owned());
            let handed = drawn.and_then(|bytes| browser::download(&name, &bytes, "image/png"));
            handed.unwrap_or_else(|sentence| app.say(sentence));
        });
    };
    let also = name.clone();
    view! {
        <figure class="picture">
            // Drawn by our own chart code, which escapes every text.
            <div class="picture__svg" inner_html=move || svg.get()></div>
            <figcaption class="picture__acts">
                <Button weight=Weight::Quiet on_press=save_png>
                    "存为 PNG"
                    <span class="picture__name">{name}</span>
                </Button>
                <Button weight=Weight::Quiet on_press=save_svg>
                    "存为 SVG"
                    <span class="picture__name">{also}</span>
                </Button>
            </figcaption>
        </figure>
    }
}

/// The picture as PNG bytes, at twice its size.
async fn rasterise(svg: &str, size: ChartSize) -> Result<Vec<u8>, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("image/svg+xml");
    let parts = js_sys::Array::of1(&svg.into());
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &kind)?)?;
    let drawn = draw(&url, size).await;
    Url::revoke_object_url(&url)?;
    let blob = encoded(&drawn?, "image/png", 1.0).await?;
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

async fn draw(url: &str, size: ChartSize) -> Result<HtmlCanvasElement, JsValue> {
    let (width, height) = (size.width * PNG_SCALE, size.height * PNG_SCALE);
    let image = HtmlImageElement::new_with_width_and_height(width, height)?;
    image.set_src(url);
    JsFuture::from(image.decode()).await?;
    let canvas = canvas(width, height).ok_or("no canvas")?;
    let context = context_of(&canvas).ok_or("no canvas")?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, f64::from(width), f64::from(height))?;
    Ok(canvas)
}

/// What is drawn as a file of this kind; the quality is for those that lose something.
pub(super) async fn encoded(canvas: &HtmlCanvasElement, mime: &str, quality: f64) -> Result<Blob, JsValue> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // A settled promise ignores what it is told.
            let _told = resolve.call1(&JsValue::NULL, &blob);
        });
        if let Err(error) = canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), mime, &quality.into()) {
            let _told = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(promise).await?.dyn_into()
}
